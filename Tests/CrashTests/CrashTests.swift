import TestWorld
import Testing

/// Whatever happens to the wizard, and at whatever moment: what was acknowledged is there.
@Suite(.serialized, .summarized, .waiting)
struct CrashTests {}
