/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A WebSocket client that sends exactly the frames that the test wrote, good or bad.
 * It knows nothing of the messages in them.
 */

#pragma once

#include "server-fixture.h"

G_BEGIN_DECLS

typedef struct _SocketClient SocketClient;

typedef enum
{
  FRAME_CONTINUATION = 0,
  FRAME_TEXT = 1,
  FRAME_BINARY = 2,
  FRAME_CLOSE = 8,
  FRAME_PING = 9,
  FRAME_PONG = 10,
} FrameType;

typedef struct
{
  FrameType type;
  char *text; /* the payload, NUL-terminated */
  gsize length;
  guint code; /* of a close; 0 for none */
} Frame;

void frame_free (Frame *self);

/* The bytes of a handshake for @path; @token and @more ("Origin: …\r\n") may be NULL. (transfer
 * full) */
char *socket_client_handshake (const char *path, const char *token, const char *more);
/* Opens one and fails the test when it cannot be. */
SocketClient *socket_client_new (ServerFixture *server, const char *path, const char *token);
SocketClient *socket_client_new_with (ServerFixture *server, const char *path, const char *token,
                                      const char *more);
/* Cuts the connection. */
void socket_client_free (SocketClient *self);

/* A whole, masked frame. */
void socket_client_send (SocketClient *self, FrameType type, const char *payload, gsize length);
/* Bytes as they are. FALSE when the server has closed. */
gboolean socket_client_send_raw (SocketClient *self, const void *bytes, gsize length);
/* Waits for a frame. NULL when the connection has ended. */
Frame *socket_client_read (SocketClient *self);
/* The same, past pings. */
Frame *socket_client_read_message (SocketClient *self);
/* Reads on until a close comes and returns its code; 0 when the connection ended without one. */
guint socket_client_read_close (SocketClient *self);
/* Whether anything comes within @ms. */
gboolean socket_client_has_more (SocketClient *self, int ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SocketClient, socket_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Frame, frame_free)

G_END_DECLS
