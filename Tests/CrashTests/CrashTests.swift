import Synchronization
import Testing

/// Whatever happens to the wizard, and at whatever moment: what was acknowledged is there.
///
/// These take minutes, and are asked for with MAP_IMPORT_CRASH=1.
@Suite(.serialized, .summarized, .enabled(if: Sweep.isWanted))
struct CrashTests {}
