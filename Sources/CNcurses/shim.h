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
#include <linux/memfd.h>
#include <locale.h>
#include <sys/signalfd.h>
#include <wchar.h>

// Declared in sys/mman.h only for _GNU_SOURCE.
extern int memfd_create(const char *name, unsigned int flags);

static const attr_t shim_bold = A_BOLD;
static const attr_t shim_dim = A_DIM;
static const attr_t shim_reverse = A_REVERSE;
static const attr_t shim_underline = A_UNDERLINE;

static inline SCREEN *shim_newterm(void) { return newterm(NULL, stdout, stdin); }

static inline WINDOW *shim_screen(void) { return stdscr; }

// What ncurses believes the terminal to show.
static inline WINDOW *shim_shown(void) { return curscr; }

static inline int shim_put(int row, int column, const wchar_t *text, attr_t attributes,
                           short pair) {
  cchar_t cell;
  if (setcchar(&cell, text, attributes, pair, NULL) == ERR) return ERR;
  return mvadd_wch(row, column, &cell);
}

static inline char *shim_cursor_address(const char *capability, int row, int column) {
  return tiparm(capability, row, column);
}

#endif
