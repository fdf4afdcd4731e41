/// How long a test waits for what is to happen: only a hang takes so long, on a busy machine, too.
public let patience = Duration.seconds(180)
