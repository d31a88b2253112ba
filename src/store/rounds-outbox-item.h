/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One edit of a person as the outbox keeps it until the server has taken it.
 * How it is sent and merged is sync's business.
 */

#pragma once

#include "rounds-entry.h"

G_BEGIN_DECLS

/* The numbers stand in the file. */
typedef enum
{
  ROUNDS_OUTBOX_HELD = 1, /* not to be sent yet: it can still be undone */
  ROUNDS_OUTBOX_WAITING,
  ROUNDS_OUTBOX_REFUSED, /* by the server; the reason says why */
  ROUNDS_OUTBOX_IN_CONFLICT, /* with what somebody else did meanwhile */
} RoundsOutboxState;

/* Boxed; copied, one owner each. */
typedef struct
{
  char *name; /* who it is, for good */
  char *key; /* the Idempotency-Key of the request that it comes to at present */
  RoundsEntryKind kind;
  char *record; /* id of the record; one of ours as long as the server does not have it */
  RoundsOutboxState state;
  char *draft; /* a new record: the request's body; or NULL */
  char *changes; /* other values for fields: JSON of rounds-wire-changes.h; or NULL. Both NULL: a
                    change of status */
  int status; /* RoundsAppointmentStatus or RoundsMeetingStatus to go to */
  char *notes; /* with a status; NULL: they stay as they are */
  gboolean has_base; /* otherwise what the cache shows as it is added becomes the base */
  int base_status; /* what the person saw when making the change */
  char *base_notes; /* or NULL */
  char *base_changes; /* the members of @changes as the person saw them; or NULL */
  guint attempts; /* requests begun whose outcome may be unknown */
  char *reason; /* why it was refused, in the server's words; or NULL */
  gint64 made_at; /* µs UTC */
} RoundsOutboxItem;

#define ROUNDS_TYPE_OUTBOX_ITEM (rounds_outbox_item_get_type ())
GType rounds_outbox_item_get_type (void) G_GNUC_CONST;

/* With a name and a key of its own, waiting. */
RoundsOutboxItem *rounds_outbox_item_new (RoundsEntryKind kind, const char *record, gint64 made_at);
RoundsOutboxItem *rounds_outbox_item_copy (const RoundsOutboxItem *self);
void rounds_outbox_item_free (RoundsOutboxItem *self);
/* Whether it is a step of the status. */
gboolean rounds_outbox_item_is_step (const RoundsOutboxItem *self);
/* A request with another body needs another key. */
void rounds_outbox_item_renew_key (RoundsOutboxItem *self);
/* Whether it shows: neither refused nor in conflict. */
gboolean rounds_outbox_item_is_active (const RoundsOutboxItem *self);

/* @original with the active changes of @items (of RoundsOutboxItem, oldest first) made to it.
 * (transfer full) */
RoundsEntry *rounds_outbox_items_apply (RoundsEntry *original, GPtrArray *items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsOutboxItem, rounds_outbox_item_free)

G_END_DECLS
