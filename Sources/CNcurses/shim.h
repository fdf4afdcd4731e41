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

// How many colours the terminal has.
static inline int shim_colours(void) { return COLORS; }

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

// A press is told at once, and not held back to see whether it becomes a double click.
static inline void shim_report_mouse(int is_on) {
  mouseinterval(0);
  mousemask(is_on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

// The button that was pressed, 4 and 5 being the wheel, and where; 0 if it was none of these.
static inline int shim_mouse_button(int *row, int *column) {
  MEVENT event;
  if (getmouse(&event) == ERR) return 0;
  *row = event.y;
  *column = event.x;
  if (event.bstate & BUTTON1_PRESSED) return 1;
  if (event.bstate & BUTTON4_PRESSED) return 4;
  return event.bstate & BUTTON5_PRESSED ? 5 : 0;
}

static inline char *shim_mouse_mode(const char *capability, int is_on) {
  return tiparm(capability, is_on);
}

static inline char *shim_cursor_address(const char *capability, int row, int column) {
  return tiparm(capability, row, column);
}

#endif
