import ForeignText

/// A Deployment, StatefulSet, DaemonSet, CronJob or Job, as far as it is read.
struct WorkloadObject: ListedObject {
  var metadata: Metadata
  var spec: Spec?
  var status: Status?

  struct Spec: Sendable {
    var replicas: Int?
    var template: PodTemplate?
    var jobTemplate: JobTemplate?
    var updateStrategy: UpdateStrategy?
    var volumeClaimTemplates: [ClaimTemplate]?
  }

  struct ClaimTemplate: Sendable {
    var name: String?
    var storageClassName: String?
  }

  struct JobTemplate: Sendable {
    var spec: Spec?
    struct Spec: Sendable {
      var template: PodTemplate?
    }
  }

  struct UpdateStrategy: Sendable {
    var type: String?
    var rollingUpdate: RollingUpdate?
    struct RollingUpdate: Sendable {
      var partition: Int?
    }
  }

  struct Status: Sendable {
    var observedGeneration: Int?
    var conditions: [Condition]?

    var replicas: Int?
    var updatedReplicas: Int?
    var readyReplicas: Int?
    var availableReplicas: Int?

    var currentRevision: String?
    var updateRevision: String?

    var desiredNumberScheduled: Int?
    var currentNumberScheduled: Int?
    var updatedNumberScheduled: Int?
    var numberReady: Int?
    var numberAvailable: Int?

    var startTime: String?
  }

  struct Condition: Sendable {
    var type: String
    var status: String?
    var reason: String?
    var message: ForeignText?
  }

  var podTemplate: PodTemplate? { spec?.template ?? spec?.jobTemplate?.spec?.template }
}
