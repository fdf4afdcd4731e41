import Wizard

/// The shells that there are completions for.
enum Shell: String, CaseIterable {
  case bash, zsh, fish

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// What the shell has to read, made from the tables of flags and verbs.
  var completions: String {
    switch self {
    case .bash: Completions.bash
    case .zsh: Completions.zsh
    case .fish: Completions.fish
    }
  }
}

extension SessionVerb {
  /// Those of its own, and those that all verbs know.
  var allFlags: [Flag] {
    let known = flags + SessionVerb.commonFlags
    return (Flag.table + Flag.verbTable).filter { known.contains($0.name) }
  }

  fileprivate var takesFile: Bool { arguments.contains("FILE") }
}

/// The texts for each shell.
enum Completions {
  private static let commands = ["sessions", "completions", "config"]

  private static let head =
    "Completions of map-import, made by `map-import completions"

  private static func names(_ flags: [Flag]) -> String {
    flags.flatMap(\.names).joined(separator: " ")
  }

  // MARK: bash

  static var bash: String {
    var afterFlag = ""
    var withArgument: [String] = []
    for flag in Flag.table + Flag.verbTable {
      guard let values = flag.followers else { continue }
      withArgument += flag.names
      let reply =
        switch values {
        case .files: "_map_import_files \"$cur\""
        case .words(let words): "_map_import_words '\(words.joined(separator: " "))' \"$cur\""
        case .unknown: ":"
        }
      afterFlag += "    \(flag.names.joined(separator: "|"))) \(reply); return ;;\n"
    }
    let verbs = SessionVerb.table.map { verb in
      let name = verb.name.rawValue
      return "    sessions:\(name)) flags='\(names(verb.allFlags))'"
        + (verb.words.isEmpty ? "" : "; words='\(verb.words.joined(separator: " "))'")
        + (verb.takesFile ? "; files=1" : "") + " ;;"
    }
    return """
      # \(head) bash`.
      _map_import_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2"); }

      _map_import_files() {
        compopt -o filenames 2> /dev/null || :
        mapfile -t COMPREPLY < <(compgen -f -- "$1")
      }

      _map_import() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
        local command='' verb='' before='' word words='' flags='' files='' i
        COMPREPLY=()
        # What readline makes of --flag=value is three words.
        if [[ $cur == '=' ]]; then
          cur=''
        elif [[ $prev == '=' ]]; then
          prev=${COMP_WORDS[COMP_CWORD-2]}
        fi
        case $prev in
      \(afterFlag)  esac
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          case $before in
            \(withArgument.joined(separator: "|")))
              [[ $word == '=' ]] || before=''
              continue
              ;;
          esac
          before=$word
          [[ $word == -* || $word == '=' ]] && continue
          if [[ -z $command ]]; then command=$word; elif [[ -z $verb ]]; then verb=$word; fi
        done
        case $command:$verb in
          :) words='\(commands.joined(separator: " "))'; flags='\(names(Flag.table))' ;;
          sessions:) words='\(SessionVerb.table.map(\.name.rawValue).joined(separator: " "))'
            flags='--help' ;;
      \(verbs.joined(separator: "\n"))
          completions:) words='\(Shell.allCases.map(\.rawValue).joined(separator: " "))' ;;
        esac
        if [[ $cur == -* ]]; then
          _map_import_words "$flags" "$cur"
        elif [[ -n $files ]]; then
          _map_import_files "$cur"
        else
          _map_import_words "$words" "$cur"
        fi
      }
      complete -F _map_import map-import

      """
  }

  // MARK: zsh

  private static func quoted(_ text: String) -> String { CommandLineText.quoted(text) }

  private static func zshSpecification(_ flag: Flag) -> String {
    let help = ["\\", ":", "[", "]"].reduce(flag.help) { $0.replacing($1, with: "\\" + $1) }
    var rest = "[\(help)]"
    switch flag.followers {
    case .files?: rest += ":\(flag.argument ?? "FILE"):_files"
    case .words(let words)?:
      rest += ":\(flag.argument ?? "WORD"):(\(words.joined(separator: " ")))"
    case .unknown?: rest += ":\(flag.argument ?? "NAME"): "
    case nil: break
    }
    if flag.isRepeatable {
      return flag.names.map { quoted("*\($0)" + rest) }.joined(separator: " ")
    }
    let others = "(" + flag.names.joined(separator: " ") + ")"
    return flag.names.map { quoted(others + $0 + rest) }.joined(separator: " ")
  }

  static var zsh: String {
    let flags = Flag.table.map { "    \(zshSpecification($0)) \\" }
    let verbs = SessionVerb.table.map {
      "\(quoted("\($0.name.rawValue):\($0.help.replacing(":", with: "\\:"))"))"
    }
    let cases = SessionVerb.table.map { verb in
      let specifications = verb.allFlags.map(zshSpecification).joined(separator: " ")
      let argument =
        verb.takesFile
        ? "'*:file:_files'"
        : verb.words.isEmpty ? "'*:session: '" : "'1:what:(\(verb.words.joined(separator: " ")))'"
      return "        \(verb.name.rawValue)) _arguments -s \(specifications) \(argument) ;;"
    }
    return """
      #compdef map-import
      # \(head) zsh`.
      _map_import() {
        local context state state_descr line
        typeset -A opt_args
        _arguments -s -C \\
      \(flags.joined(separator: "\n"))
          '1:command:(\(commands.joined(separator: " ")))' \\
          '*:: :->rest'
        [[ $state == rest ]] || return
        case $words[1] in
          completions) _arguments '1:shell:(\(Shell.allCases.map(\.rawValue).joined(separator: " ")))' ;;
          sessions)
            if (( CURRENT == 2 )); then
              local -a verbs=(\(verbs.joined(separator: " ")))
              _describe 'verb' verbs
              return
            fi
            shift words
            (( CURRENT-- ))
            case $words[1] in
      \(cases.joined(separator: "\n"))
            esac
            ;;
        esac
      }
      if [[ $funcstack[1] == _map_import ]]; then _map_import "$@"; else compdef _map_import map-import; fi

      """
  }

  // MARK: fish

  private static func fishLine(_ flag: Flag, when condition: String) -> String {
    var line = "complete -c map-import -n \(quoted(condition)) -l \(flag.long)"
    if let short = flag.short { line += " -s \(short)" }
    switch flag.followers {
    case .files?: line += " -r -F"
    case .words(let words)?: line += " -x -a \(quoted(words.joined(separator: " ")))"
    case .unknown?: line += " -x"
    case nil: break
    }
    return line + " -d \(quoted(flag.help))"
  }

  static var fish: String {
    let isNone = "not __fish_seen_subcommand_from \(commands.joined(separator: " "))"
    let verbs = SessionVerb.table.map(\.name.rawValue).joined(separator: " ")
    let isVerbless =
      "__fish_seen_subcommand_from sessions; and not __fish_seen_subcommand_from \(verbs)"
    var lines = ["# \(head) fish`.", "complete -c map-import -f"]
    lines += [
      "complete -c map-import -n \(quoted(isNone)) -a sessions -d 'the sessions that are kept'",
      "complete -c map-import -n \(quoted(isNone)) -a completions -d 'for a shell'",
      "complete -c map-import -n \(quoted(isNone)) -a config -d 'what is set'",
      "complete -c map-import -n '__fish_seen_subcommand_from completions' -a "
        + quoted(Shell.allCases.map(\.rawValue).joined(separator: " ")),
    ]
    lines += Flag.table.map { fishLine($0, when: isNone) }
    for verb in SessionVerb.table {
      lines.append(
        "complete -c map-import -n \(quoted(isVerbless)) -a \(verb.name.rawValue) -d "
          + quoted(verb.help))
      let condition =
        "__fish_seen_subcommand_from sessions; and __fish_seen_subcommand_from \(verb.name.rawValue)"
      lines += verb.allFlags.map { fishLine($0, when: condition) }
      if !verb.words.isEmpty {
        lines.append(
          "complete -c map-import -n \(quoted(condition)) -a "
            + quoted(verb.words.joined(separator: " ")))
      }
      if verb.takesFile { lines.append("complete -c map-import -n \(quoted(condition)) -F") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
