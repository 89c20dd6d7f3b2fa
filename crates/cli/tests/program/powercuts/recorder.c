/* Writes down, in order, what a program does to a database's files: each write with its bytes, each
   truncation, and each wait for the disk. Loaded into the real program by LD_PRELOAD; the test plays
   it back up to a moment, and leaves out what no wait had covered by then, as a power cut does.

   A record: one byte what (W write, T truncate, S sync, U unlink), one byte which file (0 the
   database, 1 its log), eight bytes offset, eight bytes length, and the bytes of a write. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES 4096
static signed char which[FILES]; /* 0 not ours, otherwise file + 1 */
static int out = -1;
static const char *database;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void begin(void) {
    if (out >= 0) return;
    database = getenv("RECORDER_DATABASE");
    const char *to = getenv("RECORDER_OUT");
    if (!database || !to) return;
    static int (*real)(const char *, int, ...);
    if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    out = real(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) {
    if (!database) return -1;
    size_t length = strlen(database);
    if (strncmp(path, database, length)) return -1;
    if (!path[length]) return 0;
    if (!strcmp(path + length, "-wal")) return 1;
    return -1;
}

static void record(char what, int file, int64_t offset, int64_t length, const void *bytes) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (out < 0) return;
    size_t size = 18 + (bytes ? (size_t)length : 0);
    char *all = malloc(size);
    if (!all) abort();
    all[0] = what;
    all[1] = (char)file;
    memcpy(all + 2, &offset, 8);
    memcpy(all + 10, &length, 8);
    if (bytes) memcpy(all + 18, bytes, (size_t)length);
    if (real(out, all, size) != (ssize_t)size) abort();
    free(all);
}

static void opened(int fd, const char *path) {
    pthread_mutex_lock(&lock);
    begin();
    if (fd >= 0 && fd < FILES) which[fd] = (signed char)(ours(path) + 1);
    pthread_mutex_unlock(&lock);
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...) {                                                   \
        mode_t mode = 0;                                                                           \
        if (flags & O_CREAT) {                                                                     \
            va_list list;                                                                          \
            va_start(list, flags);                                                                 \
            mode = va_arg(list, mode_t);                                                           \
            va_end(list);                                                                          \
        }                                                                                          \
        int fd = ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name))(path, flags, mode);    \
        opened(fd, path);                                                                          \
        return fd;                                                                                 \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    pthread_mutex_lock(&lock);
    if (fd >= 0 && fd < FILES) which[fd] = 0;
    pthread_mutex_unlock(&lock);
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "close");
    return real(fd);
}

static int file_of(int fd) { return fd >= 0 && fd < FILES ? which[fd] - 1 : -1; }

#define PWRITE(name, offset_type)                                                                  \
    ssize_t name(int fd, const void *bytes, size_t length, offset_type offset) {                   \
        static ssize_t (*real)(int, const void *, size_t, offset_type);                            \
        if (!real) real = (ssize_t (*)(int, const void *, size_t, offset_type))dlsym(RTLD_NEXT, #name); \
        int file = file_of(fd);                                                                    \
        if (file < 0) return real(fd, bytes, length, offset);                                      \
        pthread_mutex_lock(&lock);                                                                 \
        ssize_t done = real(fd, bytes, length, offset);                                            \
        if (done > 0) record('W', file, offset, done, bytes);                                      \
        pthread_mutex_unlock(&lock);                                                               \
        return done;                                                                               \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t length) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    int file = file_of(fd);
    if (file < 0) return real(fd, bytes, length);
    pthread_mutex_lock(&lock);
    int64_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t done = real(fd, bytes, length);
    if (done > 0) record('W', file, offset, done, bytes);
    pthread_mutex_unlock(&lock);
    return done;
}

#define TRUNCATE(name, offset_type)                                                                \
    int name(int fd, offset_type length) {                                                         \
        static int (*real)(int, offset_type);                                                      \
        if (!real) real = (int (*)(int, offset_type))dlsym(RTLD_NEXT, #name);                      \
        int file = file_of(fd);                                                                    \
        if (file < 0) return real(fd, length);                                                     \
        pthread_mutex_lock(&lock);                                                                 \
        int done = real(fd, length);                                                               \
        if (!done) record('T', file, length, 0, 0);                                                \
        pthread_mutex_unlock(&lock);                                                               \
        return done;                                                                               \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                                                                 \
    int name(int fd) {                                                                             \
        static int (*real)(int);                                                                   \
        if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, #name);                                   \
        int file = file_of(fd);                                                                    \
        if (file < 0) return real(fd);                                                             \
        pthread_mutex_lock(&lock);                                                                 \
        int done = real(fd);                                                                       \
        if (!done) record('S', file, 0, 0, 0);                                                     \
        pthread_mutex_unlock(&lock);                                                               \
        return done;                                                                               \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    pthread_mutex_lock(&lock);
    begin();
    int file = ours(path), done = real(path);
    if (!done && file >= 0) record('U', file, 0, 0, 0);
    pthread_mutex_unlock(&lock);
    return done;
}
