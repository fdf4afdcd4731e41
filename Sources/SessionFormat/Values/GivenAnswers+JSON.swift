import Wizard

extension GivenAnswers {
  /// Under the names of the flags.
  var draft: Draft {
    .object([
      "app_space": .text(appSpace), "hub": .text(hub), "layout": .text(layout?.rawValue),
      "units": .text(unitContents?.rawValue), "replicas": .text(replicas?.rawValue),
      "unclaimed": .text(unclaimed?.rawValue), "worker_mode": .text(workerMode?.rawValue),
      "worker": .text(worker), "on_conflict": .text(onConflict?.rawValue), "plan": .text(plan),
    ])
  }

  init(_ field: Field) throws(InvalidSession) {
    self.init()
    appSpace = try field["app_space"].optionalText()
    hub = try field["hub"].optionalText()
    layout = try field["layout"].choice()
    unitContents = try field["units"].choice()
    replicas = try field["replicas"].choice()
    unclaimed = try field["unclaimed"].choice()
    workerMode = try field["worker_mode"].choice()
    worker = try field["worker"].optionalText()
    onConflict = try field["on_conflict"].choice()
    plan = try field["plan"].optionalText()
  }
}
