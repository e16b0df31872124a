// SPDX-License-Identifier: Apache-2.0
// libcurl, plus one typed function for each shape of its variadic calls: Swift can't call
// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt themselves.
#pragma once
#include <curl/curl.h>

typedef size_t (*ccurl_read_function)(char *buffer, size_t size, size_t count, void *context);
typedef size_t (*ccurl_write_function)(char *bytes, size_t size, size_t count, void *context);
typedef int (*ccurl_seek_function)(void *context, curl_off_t offset, int origin);
typedef int (*ccurl_progress_function)(void *context, curl_off_t downloadTotal,
                                       curl_off_t downloaded, curl_off_t uploadTotal,
                                       curl_off_t uploaded);

CURLcode ccurl_easy_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_easy_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
CURLcode ccurl_easy_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode ccurl_easy_set_read(CURL *easy, ccurl_read_function function, void *context);
CURLcode ccurl_easy_set_write(CURL *easy, ccurl_write_function function, void *context);
CURLcode ccurl_easy_set_header(CURL *easy, ccurl_write_function function, void *context);
CURLcode ccurl_easy_set_seek(CURL *easy, ccurl_seek_function function, void *context);
CURLcode ccurl_easy_set_progress(CURL *easy, ccurl_progress_function function, void *context);
CURLcode ccurl_easy_get_pointer(CURL *easy, CURLINFO info, void **value);

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);

// Takes the next ended transfer off the multi handle's messages; NULL when there is none.
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result);
