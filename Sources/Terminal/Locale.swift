import Glibc

/// Takes over the person's locale for the whole process; true if texts in it are UTF-8.
@discardableResult
public func adoptLocale() -> Bool {
  setlocale(LC_ALL, "")
  guard let codeset = nl_langinfo(nl_item(CODESET)) else { return false }
  return String(cString: codeset) == "UTF-8"
}
