// What has to happen in a child between its birth and its program cannot be written in Swift, and
// posix_spawn(3) has no action for it.
#ifndef MAP_IMPORT_CSPAWN_SHIM_H
#define MAP_IMPORT_CSPAWN_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef F_SETSIG
#define F_SETSIG 10  // <bits/fcntl-linux.h> has it for _GNU_SOURCE alone.
#endif

/// The child's side: a session of its own, the streams in place, the lifeline armed, the program.
/// Makes system calls alone, as it shares the parent's memory until then. Returns an errno.
static inline int shim_become(const char *path, char *const arguments[], char *const environment[],
                              const int streams[3], int lifeline, int writing) {
  struct sigaction usual = {.sa_handler = SIG_DFL};
  for (int number = 1; number < _NSIG; number++) sigaction(number, &usual, NULL);
  setsid();
  for (int target = 0; target < 3; target++) {
    int source = streams[target] < 0 ? open("/dev/null", O_RDWR | O_CLOEXEC) : streams[target];
    if (source < 0 || dup2(source, target) < 0) return errno;
  }
  if (dup2(lifeline, 3) < 0) return errno;
  close(writing);
#ifdef SYS_close_range
  syscall(SYS_close_range, 4, ~0U, 0);
#endif
  if (fcntl(3, F_SETSIG, SIGKILL) < 0 || fcntl(3, F_SETOWN, -getpid()) < 0 ||
      fcntl(3, F_SETFL, O_ASYNC) < 0)
    return errno;
  // From here on the kernel ends us with the parent. Has it gone before?
  struct pollfd parent = {.fd = 3};
  if (poll(&parent, 1, 0) != 0) return EPIPE;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(path, arguments, environment);
  return errno;
}

/// Starts a program that leads a session of its own and is killed, with its process group, as soon
/// as the writing end of the pipe `lifeline` is closed, which nobody but the caller may have; there
/// is no moment at which it would not be. Streams of -1 are /dev/null; all descriptors are closed
/// on exec. Returns the process id, or the negative of an errno: the program never ran then.
static inline pid_t shim_spawn(const char *path, char *const arguments[], char *const environment[],
                               const int streams[3], int lifeline, int writing) {
  sigset_t all, before;
  sigfillset(&all);
  // A handler of ours must not run in the child.
  pthread_sigmask(SIG_SETMASK, &all, &before);
  volatile int failure = 0;
  pid_t child = vfork();
  if (child == 0) {
    failure = shim_become(path, arguments, environment, streams, lifeline, writing);
    _exit(127);
  }
  if (child < 0) failure = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (child > 0 && failure != 0)
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
  return failure == 0 ? child : -failure;
}

#endif
