// Thin wrappers for what the Swift importer cannot see: macros, variadic functions and globals.
#ifndef MAP_IMPORT_CNCURSES_SHIM_H
#define MAP_IMPORT_CNCURSES_SHIM_H

// Both are needed for get_wch, cchar_t and wcwidth to be declared at all.
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif

#include <curses.h>
#include <locale.h>
#include <wchar.h>

#endif
