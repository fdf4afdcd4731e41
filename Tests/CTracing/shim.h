// ptrace(2) takes a variable number of arguments and fork(2) is kept from Swift, so both are
// called here. The numbers of the system calls are macros.
#ifndef MAP_IMPORT_CTRACING_SHIM_H
#define MAP_IMPORT_CTRACING_SHIM_H

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// Starts a program that is stopped, before its first instruction, for the caller to trace.
static inline pid_t trace_start(const char *path, char *const arguments[]) {
  pid_t pid = fork();
  if (pid != 0) return pid;
  ptrace(PTRACE_TRACEME, 0, 0, 0);
  raise(SIGSTOP);
  execv(path, arguments);
  _exit(127);
}

/// Threads are traced, other processes are not; without the caller, none of them lives on.
static inline long trace_threads(pid_t pid) {
  return ptrace(
      PTRACE_SETOPTIONS, pid, 0,
      PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL);
}

/// Lets a stopped thread run to its next system call, with a signal or none.
static inline long trace_continue(pid_t thread, int signal) {
  return ptrace(PTRACE_SYSCALL, thread, 0, signal);
}

/// The number of the system call that the thread is about to make; -1 if it has just made one.
static inline long trace_entered(pid_t thread) {
  struct __ptrace_syscall_info info;
  long size = ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info);
  return size > 0 && info.op == PTRACE_SYSCALL_INFO_ENTRY ? (long)info.entry.nr : -1;
}

/// Calls after which neither a file nor another process is any different.
static inline bool trace_is_unseen(long call) {
  switch (call) {
  case SYS_brk: case SYS_mmap: case SYS_munmap: case SYS_mprotect: case SYS_madvise:
  case SYS_futex: case SYS_restart_syscall: case SYS_ppoll: case SYS_epoll_pwait: case SYS_waitid:
#ifdef SYS_poll
  case SYS_poll: case SYS_epoll_wait:
#endif
  case SYS_rt_sigaction: case SYS_rt_sigprocmask: case SYS_rt_sigpending: case SYS_sigaltstack:
  case SYS_getpid: case SYS_gettid: case SYS_geteuid: case SYS_prlimit64: case SYS_getrandom:
  case SYS_clock_gettime: case SYS_clock_nanosleep: case SYS_sched_yield:
    return true;
  default:
    return false;
  }
}

#endif
