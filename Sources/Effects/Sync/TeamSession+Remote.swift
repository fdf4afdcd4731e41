import Hub
import Wizard

extension TeamSession {
  package init(_ session: RemoteSession) {
    self.init(
      slug: session.slug, space: session.space ?? "", labels: session.labels,
      annotations: session.annotations, createdAt: session.createdAt, updatedAt: session.updatedAt)
  }
}
