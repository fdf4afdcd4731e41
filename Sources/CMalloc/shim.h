// Swift's Glibc module does not have glibc's own additions to malloc.
#ifndef MAP_IMPORT_CMALLOC_SHIM_H
#define MAP_IMPORT_CMALLOC_SHIM_H

#include <malloc.h>

// To be called before other threads allocate. Threads that each had an arena of their own would
// keep what the others could use, and large blocks would not go back when they are freed.
static inline void malloc_keep_little(void) {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 128 * 1024);
}

static inline void malloc_give_back(void) { malloc_trim(0); }

#endif
