import TerminalText
import Testing

@testable import Screens
@testable import Wizard

@Suite("What was left out on purpose")
struct OmissionsTests {
  @Test("is counted alike on the tab and where it is listed, before units are proposed and after")
  func count() throws {
    for position in [Position(.review), Position(.complete)] {
      var state = Sample.state(at: position)
      let namespace = "payment-prod"
      state.session.scan?.leftOut = [
        Omission(what: "namespace kube-system", why: "a system namespace", isGap: false),
        Omission(what: "cronjobs in shop", why: "forbidden", isGap: true),
      ]
      let places: [FoundObject.Place] = [.leftOut, .unclaimed(.config), .unclaimed(.config)]
      state.session.scan?.objects = places.enumerated().map { number, place in
        let object = ObjectReference(
          apiVersion: "v1", kind: "ConfigMap", namespace: namespace, name: "c\(number)")
        return FoundObject(object, place, why: number == 0 ? "a cluster makes it" : "unclaimed")
      }
      let accounting = Accounting(state.session)
      let count = state.session.omissionCount(accounting)
      #expect(count >= 4)
      var shop = Workshop(state)
      shop.press(.character("1"))
      #expect(
        shop.frame.contains("Left out on purpose: \(count) things; l lists them."),
        "\(count)\n\(shop.frame)")
      shop.press(.character("l"))
      #expect(shop.frame.contains("Left out on purpose: \(count) things"), "\(shop.frame)")
    }
  }
}
