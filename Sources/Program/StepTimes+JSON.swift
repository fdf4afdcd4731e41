import Documents
import Wizard

extension StepTimes {
  var json: JSONValue {
    .array(
      rows.map {
        .object([
          "step": .string($0.step.rawValue), "seconds": .integer($0.seconds),
          "visits": JSONValue($0.visits),
        ])
      })
  }
}

extension Interactions {
  var json: JSONValue {
    .object([
      "screens": JSONValue(screens), "choices": JSONValue(choices), "changes": JSONValue(changes),
    ])
  }
}
