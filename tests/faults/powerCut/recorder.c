/*
 * Loaded before the C library (LD_PRELOAD): writes down, in the order in which it happened, everything a program does to
 * the files below RECORDER_DIR, and everything it says over a socket. RECORDER_LOG is where it goes; recording.ts reads it.
 *
 * One lock is held over the real call and its line, so that the order of the lines is the order of the deeds in all
 * threads. No table of open files is kept: some closes bypass the C library, so each call asks the kernel what it has.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { CREATED = 1, TRUNCATED, WRITTEN, SYNCED, RENAMED, UNLINKED, MADE_FOLDER, REMOVED_FOLDER, LINKED, SAID, UNKNOWN };

struct header {
  uint32_t kind, path_length;
  uint64_t inode, offset, data_length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length;
static int log_file = -1;

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  const char *dir = getenv("RECORDER_DIR"), *file = getenv("RECORDER_LOG");
  if (!dir || !file || !realpath(dir, folder)) return;
  folder_length = strlen(folder);
  REAL(int, open, const char *, int, ...);
  int opened = real(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  log_file = fcntl(opened, F_DUPFD_CLOEXEC, 900);
}

static void note(enum kind kind, uint64_t inode, uint64_t offset, const char *path, const struct iovec *data, int count) {
  if (log_file < 0) return;
  struct header header = {kind, path ? strlen(path) : 0, inode, offset, 0};
  struct iovec all[IOV_MAX] = {{&header, sizeof header}, {(void *)path, header.path_length}};
  if (count > IOV_MAX - 2) abort();
  for (int i = 0; i < count; i++) header.data_length += (all[i + 2] = data[i]).iov_len;
  size_t total = sizeof header + header.path_length + header.data_length;
  REAL(ssize_t, writev, int, const struct iovec *, int);
  /* A recording with a hole would prove anything. */
  if (real(log_file, all, count + 2) != (ssize_t)total) abort();
}

static int is_inside(const char *path) {
  return folder_length && strncmp(path, folder, folder_length) == 0 && (path[folder_length] == '/' || !path[folder_length]);
}

/* @returns 1 with its path when `file` is a file or folder below the recorded one, 2 when it is a socket */
static int look(int file, struct stat *is, char *path) {
  if (log_file < 0 || file == log_file || fstat(file, is) != 0) return 0;
  if (S_ISSOCK(is->st_mode)) return 2;
  if (!S_ISREG(is->st_mode) && !S_ISDIR(is->st_mode)) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_inside(path);
}

/* @returns 1 with the absolute path when it lies below the recorded folder */
static int resolve(int at, const char *path, char *absolute) {
  char base[PATH_MAX] = "";
  if (log_file < 0 || !path) return 0;
  if (path[0] != '/') {
    char link[64];
    ssize_t length = -1;
    if (at == AT_FDCWD) length = getcwd(base, sizeof base) ? (ssize_t)strlen(base) : -1;
    else {
      snprintf(link, sizeof link, "/proc/self/fd/%d", at);
      length = readlink(link, base, sizeof base - 1);
    }
    if (length < 0) return 0;
    base[length] = 0;
    if (length + strlen(path) + 2 > PATH_MAX) return 0;
    strcat(base, "/");
  }
  strcat(base, path);
  /* The last part may not exist: only its folder is resolved. */
  char *slash = strrchr(base, '/');
  while (slash > base && !slash[1]) *slash = 0, slash = strrchr(base, '/');
  if (strcmp(base, folder) == 0) return strcpy(absolute, base) != NULL;
  char name[NAME_MAX + 2];
  snprintf(name, sizeof name, "%s", slash);
  *slash = 0;
  if (!realpath(base[0] ? base : "/", absolute)) return 0;
  strcat(absolute, name);
  return is_inside(absolute);
}

/* ---- what is written ---- */

static void note_piece(int file, const struct stat *is, uint64_t offset, const struct iovec *data, int count, ssize_t done) {
  struct iovec cut[IOV_MAX];
  int used = 0;
  for (ssize_t left = done; left > 0 && used < count && used < IOV_MAX - 2; used++) {
    cut[used] = data[used];
    if ((ssize_t)cut[used].iov_len > left) cut[used].iov_len = left;
    left -= cut[used].iov_len;
  }
  if (S_ISSOCK(is->st_mode)) note(SAID, file, 0, NULL, cut, used);
  else note(WRITTEN, is->st_ino, offset, NULL, cut, used);
}

#define PUT(call, file, data, count, where) \
  struct stat is; \
  char path[PATH_MAX]; \
  int kind = look(file, &is, path); \
  if (!kind) return call; \
  pthread_mutex_lock(&lock); \
  ssize_t done = call; \
  int error = errno; \
  if (done > 0) note_piece(file, &is, kind == 2 ? 0 : (uint64_t)(where), data, count, done); \
  pthread_mutex_unlock(&lock); \
  errno = error; \
  return done

ssize_t write(int file, const void *bytes, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  struct iovec data = {(void *)bytes, length};
  PUT(real(file, bytes, length), file, &data, 1, lseek(file, 0, SEEK_CUR) - done);
}

ssize_t writev(int file, const struct iovec *data, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  PUT(real(file, data, count), file, data, count, lseek(file, 0, SEEK_CUR) - done);
}

#define PWRITE(name) \
  ssize_t name(int file, const void *bytes, size_t length, off64_t offset) { \
    REAL(ssize_t, name, int, const void *, size_t, off64_t); \
    struct iovec data = {(void *)bytes, length}; \
    PUT(real(file, bytes, length, offset), file, &data, 1, offset); \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define PWRITEV(name) \
  ssize_t name(int file, const struct iovec *data, int count, off64_t offset) { \
    REAL(ssize_t, name, int, const struct iovec *, int, off64_t); \
    PUT(real(file, data, count, offset), file, data, count, offset); \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

/* ---- what is made durable, cut and opened ---- */

#define ON_FILE(name, parameters, arguments, noted) \
  int name parameters { \
    REAL(int, name, PARAMETERS_##noted); \
    struct stat is; \
    char path[PATH_MAX]; \
    if (look(file, &is, path) != 1) return real arguments; \
    pthread_mutex_lock(&lock); \
    int done = real arguments, error = errno; \
    if (done == 0) NOTE_##noted; \
    pthread_mutex_unlock(&lock); \
    errno = error; \
    return done; \
  }
#define PARAMETERS_SYNC int
#define NOTE_SYNC note(SYNCED, is.st_ino, 0, S_ISDIR(is.st_mode) ? path : NULL, NULL, 0)
#define PARAMETERS_LENGTH int, off64_t
#define NOTE_LENGTH note(TRUNCATED, is.st_ino, length, NULL, NULL, 0)
#define PARAMETERS_SPAN int, off64_t, off64_t
#define PARAMETERS_MODE_SPAN int, int, off64_t, off64_t
/* Nothing here is written by these; when something is, the model must learn them first. */
#define NOTE_SPAN note(UNKNOWN, is.st_ino, 0, "fallocate", NULL, 0)
#define NOTE_MODE_SPAN NOTE_SPAN

ON_FILE(fsync, (int file), (file), SYNC)
ON_FILE(fdatasync, (int file), (file), SYNC)
ON_FILE(ftruncate, (int file, off64_t length), (file, length), LENGTH)
ON_FILE(ftruncate64, (int file, off64_t length), (file, length), LENGTH)
ON_FILE(posix_fallocate, (int file, off64_t from, off64_t length), (file, from, length), SPAN)
ON_FILE(posix_fallocate64, (int file, off64_t from, off64_t length), (file, from, length), SPAN)
ON_FILE(fallocate, (int file, int mode, off64_t from, off64_t length), (file, mode, from, length), MODE_SPAN)
ON_FILE(fallocate64, (int file, int mode, off64_t from, off64_t length), (file, mode, from, length), MODE_SPAN)

static int note_opened(int file, const char *path, int existed, int flags) {
  struct stat is;
  int error = errno;
  if (file >= 0 && fstat(file, &is) == 0 && S_ISREG(is.st_mode)) {
    if (!existed) note(CREATED, is.st_ino, 0, path, NULL, 0);
    else if (flags & O_TRUNC) note(TRUNCATED, is.st_ino, 0, NULL, NULL, 0);
  }
  errno = error;
  return file;
}

#define OPEN(name, at, parameters, types, arguments) \
  int name parameters { \
    REAL(int, name, types); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
      va_list rest; \
      va_start(rest, flags); \
      mode = va_arg(rest, mode_t); \
      va_end(rest); \
    } \
    char absolute[PATH_MAX]; \
    if (!(flags & (O_CREAT | O_TRUNC)) || !resolve(at, path, absolute)) return real arguments; \
    pthread_mutex_lock(&lock); \
    int existed = access(absolute, F_OK) == 0; \
    int file = note_opened(real arguments, absolute, existed, flags); \
    pthread_mutex_unlock(&lock); \
    return file; \
  }
#define COMMA ,
OPEN(open, AT_FDCWD, (const char *path, int flags, ...), const char * COMMA int COMMA ..., (path, flags, mode))
OPEN(open64, AT_FDCWD, (const char *path, int flags, ...), const char * COMMA int COMMA ..., (path, flags, mode))
OPEN(openat, at, (int at, const char *path, int flags, ...), int COMMA const char * COMMA int COMMA ..., (at, path, flags, mode))
OPEN(openat64, at, (int at, const char *path, int flags, ...), int COMMA const char * COMMA int COMMA ..., (at, path, flags, mode))

/* ---- names ---- */

static int note_two(enum kind kind, int done, const char *from, const char *to) {
  struct iovec data = {(void *)to, strlen(to)};
  int error = errno;
  if (done == 0) note(kind, 0, 0, from, &data, 1);
  errno = error;
  return done;
}

#define TWO_NAMES(name, kind, from_at, to_at, parameters, types, arguments) \
  int name parameters { \
    REAL(int, name, types); \
    char a[PATH_MAX], b[PATH_MAX]; \
    int from_inside = resolve(from_at, from, a), to_inside = resolve(to_at, to, b); \
    if (!from_inside && !to_inside) return real arguments; \
    pthread_mutex_lock(&lock); \
    int done = note_two(from_inside && to_inside ? kind : UNKNOWN, real arguments, a, b); \
    pthread_mutex_unlock(&lock); \
    return done; \
  }
TWO_NAMES(rename, RENAMED, AT_FDCWD, AT_FDCWD, (const char *from, const char *to), const char * COMMA const char *, (from, to))
TWO_NAMES(renameat, RENAMED, at, there, (int at, const char *from, int there, const char *to),
          int COMMA const char * COMMA int COMMA const char *, (at, from, there, to))
TWO_NAMES(link, LINKED, AT_FDCWD, AT_FDCWD, (const char *from, const char *to), const char * COMMA const char *, (from, to))
TWO_NAMES(linkat, LINKED, at, there, (int at, const char *from, int there, const char *to, int flags),
          int COMMA const char * COMMA int COMMA const char * COMMA int, (at, from, there, to, flags))

#define ONE_NAME(name, kind, at, parameters, types, arguments) \
  int name parameters { \
    REAL(int, name, types); \
    char absolute[PATH_MAX]; \
    if (!resolve(at, path, absolute)) return real arguments; \
    pthread_mutex_lock(&lock); \
    int done = real arguments, error = errno; \
    if (done == 0) note(kind, 0, 0, absolute, NULL, 0); \
    pthread_mutex_unlock(&lock); \
    errno = error; \
    return done; \
  }
ONE_NAME(unlink, UNLINKED, AT_FDCWD, (const char *path), const char *, (path))
ONE_NAME(unlinkat, flags &AT_REMOVEDIR ? REMOVED_FOLDER : UNLINKED, folder_at, (int folder_at, const char *path, int flags),
         int COMMA const char * COMMA int, (folder_at, path, flags))
ONE_NAME(rmdir, REMOVED_FOLDER, AT_FDCWD, (const char *path), const char *, (path))
ONE_NAME(mkdir, MADE_FOLDER, AT_FDCWD, (const char *path, mode_t mode), const char * COMMA mode_t, (path, mode))
ONE_NAME(mkdirat, MADE_FOLDER, folder_at, (int folder_at, const char *path, mode_t mode), int COMMA const char * COMMA mode_t,
         (folder_at, path, mode))
