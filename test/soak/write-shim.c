/* Stands between a program and its disk, for tests only: logs every write, kills at the nth, or fails it.
 *
 *   TILLCAT_SHIM_FOLDER  only files beneath it count; shared-memory indexes of the store (-shm) never do
 *   TILLCAT_SHIM_LOG     a file that gets every operation: kind, offset, name, bytes (write-log.ts reads it)
 *   TILLCAT_SHIM_KILL    n: SIGKILL instead of the nth operation
 *   TILLCAT_SHIM_FAIL    n:errno: the nth operation fails once with this errno
 *   TILLCAT_SHIM_COUNT   a file that gets the number of operations at the program's end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *count_file;
static long kill_at, fail_at, operations;
static int fail_errno, log_fd = -1;
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off_t);
static int (*real_rename)(const char *, const char *), (*real_unlink)(const char *), (*real_remove)(const char *);

__attribute__((constructor)) static void begin(void) {
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_remove = dlsym(RTLD_NEXT, "remove");
  folder = getenv("TILLCAT_SHIM_FOLDER");
  count_file = getenv("TILLCAT_SHIM_COUNT");
  if (getenv("TILLCAT_SHIM_KILL")) kill_at = atol(getenv("TILLCAT_SHIM_KILL"));
  if (getenv("TILLCAT_SHIM_FAIL")) sscanf(getenv("TILLCAT_SHIM_FAIL"), "%ld:%d", &fail_at, &fail_errno);
  if (getenv("TILLCAT_SHIM_LOG"))
    log_fd = open(getenv("TILLCAT_SHIM_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

__attribute__((destructor)) static void end(void) {
  if (!count_file) return;
  FILE *out = fopen(count_file, "w");
  if (out) {
    fprintf(out, "%ld\n", operations);
    fclose(out);
  }
}

static int counts(const char *path) {
  if (!folder) return 0;
  size_t length = strlen(folder), all = strlen(path);
  if (strncmp(path, folder, length) != 0 || path[length] != '/') return 0;
  return all < 4 || strcmp(path + all - 4, "-shm") != 0;
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return counts(path);
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t done = real_write(log_fd, at, length);
    if (done <= 0) abort();
    at += done;
    length -= done;
  }
}

/* One record: kind (1), name length (2), offset (8), bytes length (4), name, bytes; little endian. */
static void record(char kind, const char *path, uint64_t offset, const void *bytes, uint32_t length) {
  if (log_fd < 0) return;
  const char *name = path + strlen(folder) + 1;
  uint16_t name_length = strlen(name);
  char head[15];
  head[0] = kind;
  memcpy(head + 1, &name_length, 2);
  memcpy(head + 3, &offset, 8);
  memcpy(head + 11, &length, 4);
  put(head, sizeof head);
  put(name, name_length);
  put(bytes, length);
}

/* Counts one operation; true where it is to fail. The lock is held. */
static int meets_fault(void) {
  operations++;
  if (operations == kill_at) kill(getpid(), SIGKILL);
  return operations == fail_at;
}

#define UNDER_LOCK(result, call, logging)      \
  pthread_mutex_lock(&lock);                   \
  if (meets_fault()) {                         \
    pthread_mutex_unlock(&lock);               \
    errno = fail_errno;                        \
    return -1;                                 \
  }                                            \
  result = call;                               \
  int kept = errno;                            \
  if (result >= 0) logging;                    \
  pthread_mutex_unlock(&lock);                 \
  errno = kept;                                \
  return result;

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return real_pwrite(fd, bytes, length, offset);
  ssize_t done;
  UNDER_LOCK(done, real_pwrite(fd, bytes, length, offset), record('w', path, offset, bytes, done))
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
  char path[PATH_MAX];
  if (!real_write || fd == log_fd || !path_of(fd, path)) {
    if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
    return real_write(fd, bytes, length);
  }
  ssize_t done;
  off_t at = lseek(fd, 0, (fcntl(fd, F_GETFL) & O_APPEND) ? SEEK_END : SEEK_CUR);
  UNDER_LOCK(done, real_write(fd, bytes, length), record('w', path, at, bytes, done))
}

int fsync(int fd) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return real_fsync(fd);
  int done;
  UNDER_LOCK(done, real_fsync(fd), record('s', path, 0, "", 0))
}

int fdatasync(int fd) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return real_fdatasync(fd);
  int done;
  UNDER_LOCK(done, real_fdatasync(fd), record('s', path, 0, "", 0))
}

int ftruncate64(int fd, off_t length) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return real_ftruncate(fd, length);
  int done;
  UNDER_LOCK(done, real_ftruncate(fd, length), record('t', path, length, "", 0))
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int rename(const char *from, const char *to) {
  if (!counts(from) || !counts(to)) return real_rename(from, to);
  int done;
  const char *name = to + strlen(folder) + 1;
  UNDER_LOCK(done, real_rename(from, to), record('r', from, 0, name, strlen(name)))
}

int unlink(const char *path) {
  if (!counts(path)) return real_unlink(path);
  int done;
  UNDER_LOCK(done, real_unlink(path), record('u', path, 0, "", 0))
}

/* What rmSync calls; the C library's own unlink beneath it is not ours to see. */
int remove(const char *path) {
  if (!counts(path)) return real_remove(path);
  int done;
  UNDER_LOCK(done, real_remove(path), record('u', path, 0, "", 0))
}
