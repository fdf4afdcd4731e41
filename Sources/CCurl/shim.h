// libcurl is loaded when it is first needed, not linked: it brings thirty libraries along, which
// take longer to load than the whole program. Its calls take any number of arguments, which Swift
// cannot pass.
#ifndef MAP_IMPORT_CCURL_SHIM_H
#define MAP_IMPORT_CCURL_SHIM_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>

/// What is used of libcurl.
struct shim_curl {
  CURLcode (*global_init)(long);
  CURL *(*easy_init)(void);
  void (*easy_cleanup)(CURL *);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLM *(*multi_init)(void);
  CURLMcode (*multi_cleanup)(CURLM *);
  CURLMcode (*multi_add_handle)(CURLM *, CURL *);
  CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
  CURLMcode (*multi_perform)(CURLM *, int *);
  CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd[], unsigned int, int, int *);
  CURLMsg *(*multi_info_read)(CURLM *, int *);
};

/// Loads one library; NULL if it, or a part of what is used of it (7.66), is not there.
static inline const struct shim_curl *shim_curl_load(const char *name) {
  static struct shim_curl curl;
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return NULL;
  const struct {
    const char *name;
    void *place;
  } parts[] = {
      {"curl_global_init", &curl.global_init},
      {"curl_easy_init", &curl.easy_init},
      {"curl_easy_cleanup", &curl.easy_cleanup},
      {"curl_easy_setopt", &curl.easy_setopt},
      {"curl_multi_init", &curl.multi_init},
      {"curl_multi_cleanup", &curl.multi_cleanup},
      {"curl_multi_add_handle", &curl.multi_add_handle},
      {"curl_multi_remove_handle", &curl.multi_remove_handle},
      {"curl_multi_perform", &curl.multi_perform},
      {"curl_multi_poll", &curl.multi_poll},
      {"curl_multi_info_read", &curl.multi_info_read},
  };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (!(*(void **)parts[i].place = dlsym(library, parts[i].name))) return NULL;
  // Nothing of TLS: what is spoken to is a socket of this machine.
  return curl.global_init(CURL_GLOBAL_NOTHING) == CURLE_OK ? &curl : NULL;
}

/// Takes what arrives; whoever answers with another length ends the transfer.
typedef size_t (*shim_curl_taker)(char *bytes, size_t size, size_t count, void *context);

/// A connection that is kept open.
struct shim_connection {
  CURL *easy;
  CURLM *multi;
};

/// Makes a connection that speaks HTTP/1.1 through a Unix socket, whatever the environment says
/// about proxies; 0 if there is no memory for it.
static inline int shim_curl_open(const struct shim_curl *curl, struct shim_connection *connection,
                                 const char *socket, shim_curl_taker take_header,
                                 shim_curl_taker take_body) {
  CURL *easy = connection->easy = curl->easy_init();
  connection->multi = curl->multi_init();
  if (!easy || !connection->multi) return 0;
  curl->easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, socket);
  curl->easy_setopt(easy, CURLOPT_PROXY, "");
  curl->easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl->easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  curl->easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl->easy_setopt(easy, CURLOPT_BUFFERSIZE, 256L * 1024);
  curl->easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  return 1;
}

static inline void shim_curl_close(const struct shim_curl *curl, struct shim_connection connection) {
  if (connection.multi) curl->multi_cleanup(connection.multi);
  if (connection.easy) curl->easy_cleanup(connection.easy);
}

/// What an answer is to be written as, where the server can; else as it always is.
enum shim_form { shim_form_whole, shim_form_metadata_list, shim_form_discovery };

/// Begins to ask for something; both takers get the context.
static inline void shim_curl_begin(const struct shim_curl *curl, struct shim_connection connection,
                                   const char *url, enum shim_form form, void *context) {
  static struct curl_slist accepts[] = {
      {(char *)"Accept: application/json", NULL},
      {(char *)"Accept: application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
               "application/json",
       NULL},
      {(char *)"Accept: application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
               "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
               "application/json",
       NULL},
  };
  curl->easy_setopt(connection.easy, CURLOPT_HTTPHEADER, &accepts[form]);
  curl->easy_setopt(connection.easy, CURLOPT_URL, url);
  curl->easy_setopt(connection.easy, CURLOPT_HEADERDATA, context);
  curl->easy_setopt(connection.easy, CURLOPT_WRITEDATA, context);
  curl->multi_add_handle(connection.multi, connection.easy);
}

/// Does what can be done without waiting. Answers whether the transfer has ended, and how.
static inline int shim_curl_go_on(const struct shim_curl *curl, struct shim_connection connection,
                                  CURLcode *code) {
  int count;
  curl->multi_perform(connection.multi, &count);
  for (CURLMsg *message; (message = curl->multi_info_read(connection.multi, &count));)
    if (message->msg == CURLMSG_DONE) {
      *code = message->data.result;
      return 1;
    }
  return 0;
}

/// Waits until something can be done, or the descriptor, if it is none of -1, can be read.
static inline void shim_curl_wait(const struct shim_curl *curl, struct shim_connection connection,
                                  int descriptor, int milliseconds) {
  struct curl_waitfd waited = {.fd = descriptor, .events = CURL_WAIT_POLLIN};
  curl->multi_poll(connection.multi, &waited, descriptor < 0 ? 0 : 1, milliseconds, NULL);
}

/// Ends the transfer, and the connection with it if the transfer was under way.
static inline void shim_curl_end(const struct shim_curl *curl, struct shim_connection connection) {
  curl->multi_remove_handle(connection.multi, connection.easy);
}

#endif
