// getopt_long keeps its place in globals, which Swift does not let anybody touch.
#ifndef MAP_IMPORT_CGETOPT_SHIM_H
#define MAP_IMPORT_CGETOPT_SHIM_H

#include <getopt.h>

static inline const char *getopt_argument(void) { return optarg; }
static inline int getopt_index(void) { return optind; }
static inline int getopt_option(void) { return optopt; }
static inline void getopt_reset(void) {
  optind = 0;
  opterr = 0;
}

#endif
