/// A cub of 2025 in a few lines: what it knows of `context`, `unit get` and the flags.
enum GenerationA {
  static let script = #"""
    for argument; do case "$1 $2 $argument" in
      *' -o') echo "Failed: unknown shorthand flag: 'o' in -o" >&2; exit 1 ;;
      context*--json) echo "Failed: unknown flag: --json" >&2; exit 1 ;;
      worker*--allow-exists) echo "Failed: unknown flag: --allow-exists" >&2; exit 1 ;;
    esac; done
    case "$1 $2" in
      'context get')
        printf 'User Email         me@example.com\n'
        printf 'ConfigHub URL      https://hub.confighub.com\n' ;;
      'auth '*) printf 'Log in.\n\nUsage:\n  cub auth [command]\n\nAvailable Commands:\n  login\n' ;;
      'space list') echo '[{"Space":{"Slug":"apps","SpaceID":"s1"}}]' ;;
      'unit create') cat >/dev/null; echo '{"Slug":"api","UnitID":"u1"}' ;;
      'unit get') echo '{"Unit":{"Slug":"api","UnitID":"u1","Data":"a2luZDogQQo="}}' ;;
      'worker create') echo '{"Slug":"dev","BridgeWorkerID":"w1","Secret":"canary"}' ;;
      *) echo "Failed: unknown command \"$1\" for \"cub\"" >&2; exit 1 ;;
    esac
    """#
}
