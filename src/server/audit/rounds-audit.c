/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Audit lines of what was read or refused, collected and written together.
 * It does not know what a request is.
 */

#include "config.h"

#include "rounds-audit.h"

#include "rounds-audit-heads.h"
#include "rounds-audit-repository.h"
#include "rounds-server-database.h"

/* Security: what the log may be behind, in lines and in time. Lines that a crash takes with it are
 * reads and refusals of the last second, never a change. */
#define MAX_WAITING 10000
#define ENOUGH 256
#define PATIENCE G_TIME_SPAN_SECOND
#define RETRY_PAUSE (5 * G_TIME_SPAN_SECOND)
#define NEWS_SPAN (10 * ROUNDS_MINUTE)
#define MAX_KEYS 50000
#define HEAD_SPAN ROUNDS_HOUR

struct _RoundsAudit
{
  const RoundsServerConfig *config;
  RoundsDbWriter *writer;
  RoundsClock *clock;
  RoundsDb *db; /* the thread's alone */
  gint64 head_at; /* the thread's alone: when a head was last signed */
  GThread *thread;
  GMutex mutex; /* guards what follows */
  GCond changed;
  GPtrArray *waiting; /* of RoundsAuditEntry */
  GHashTable *seen; /* char * → gint64 *: when it was last news */
  gboolean ending;
};

static gboolean
write_batch (RoundsDb *db, gpointer batch, GError **error)
{
  GPtrArray *entries = batch;

  for (guint i = 0; i < entries->len; i++)
    {
      if (!rounds_audit_repository_append (db, g_ptr_array_index (entries, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Takes what waits when it is enough or old, or at the end. (transfer full) */
static GPtrArray *
take_batch (RoundsAudit *self, gboolean *ending)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *batch = NULL;
  gint64 end;

  while (self->waiting->len == 0 && !self->ending)
    g_cond_wait (&self->changed, &self->mutex);
  end = g_get_monotonic_time () + PATIENCE;
  while (self->waiting->len < ENOUGH && !self->ending
         && g_cond_wait_until (&self->changed, &self->mutex, end))
    continue;
  *ending = self->ending;
  batch = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_audit_entry_free);
  return batch;
}

/* Before those that came in the meantime. Takes @batch. */
static void
put_back (RoundsAudit *self, GPtrArray *batch)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_extend_and_steal (batch, g_steal_pointer (&self->waiting));
  self->waiting = batch;
  if (!self->ending)
    g_cond_wait_until (&self->changed, &self->mutex, g_get_monotonic_time () + RETRY_PAUSE);
}

/* A head that is kept outside of the database tells later whether its end was cut off. */
static void
sign_head (RoundsAudit *self, gint64 now)
{
  g_autoptr (GError) error = NULL;

  self->head_at = now;
  if (!rounds_audit_heads_note (self->config->data_dir, self->db, now, &error))
    g_warning ("The head of the audit log could not be noted: %s", error->message);
}

static gpointer
run_thread (gpointer data)
{
  RoundsAudit *self = data;
  gboolean ending = FALSE;

  while (!ending)
    {
      GPtrArray *batch = take_batch (self, &ending);
      g_autoptr (GError) error = NULL;
      gint64 now = rounds_clock_now (self->clock);
      gboolean written
          = batch->len == 0
            || rounds_db_writer_run (self->writer, self->db, write_batch, batch, &error);

      if (!written)
        {
          g_warning ("%u lines of the audit log could not be written: %s", batch->len,
                     error->message);
          put_back (self, g_steal_pointer (&batch));
        }
      g_clear_pointer (&batch, g_ptr_array_unref);
      if (ending || now >= self->head_at + HEAD_SPAN || now < self->head_at)
        sign_head (self, now);
      rounds_db_sleep (self->db);
    }
  return NULL;
}

RoundsAudit *
rounds_audit_new (const RoundsServerConfig *config, RoundsDbWriter *writer, RoundsClock *clock,
                  GError **error)
{
  g_return_val_if_fail (config != NULL && writer != NULL && clock != NULL, NULL);

  RoundsDb *db = rounds_server_database_open (config, ROUNDS_DATABASE_SERVE, error);
  if (db == NULL)
    return NULL;
  /* It is used when there is a head to note, the first time. */
  rounds_db_sleep (db);
  RoundsAudit *self = g_new0 (RoundsAudit, 1);
  self->config = config;
  self->writer = writer;
  self->clock = g_object_ref (clock);
  self->db = db;
  self->head_at = rounds_clock_now (clock);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_audit_entry_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->thread = g_thread_new ("audit", run_thread, self);
  return self;
}

void
rounds_audit_free (RoundsAudit *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  rounds_db_close (self->db);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->seen);
  g_clear_object (&self->clock);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gboolean
rounds_audit_is_news (RoundsAudit *self, const char *key, gint64 now)
{
  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 *at = g_hash_table_lookup (self->seen, key);
  if (at != NULL && now >= *at && now < *at + NEWS_SPAN)
    return FALSE;
  /* Forgetting all of them notes a few things twice; remembering them all would be a leak. */
  if (g_hash_table_size (self->seen) >= MAX_KEYS)
    g_hash_table_remove_all (self->seen);
  g_hash_table_insert (self->seen, g_strdup (key), g_memdup2 (&now, sizeof now));
  return TRUE;
}

void
rounds_audit_forget_news (RoundsAudit *self, const char *key)
{
  g_return_if_fail (self != NULL && key != NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_hash_table_remove (self->seen, key);
}

gboolean
rounds_audit_push (RoundsAudit *self, RoundsAuditEntry *entry)
{
  g_return_val_if_fail (self != NULL && entry != NULL, FALSE);

  g_autoptr (RoundsAuditEntry) taken = entry;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (self->waiting->len >= MAX_WAITING)
    return FALSE;
  g_ptr_array_add (self->waiting, g_steal_pointer (&taken));
  /* The first begins the second's wait, the last that is needed ends it. */
  if (self->waiting->len == 1 || self->waiting->len == ENOUGH)
    g_cond_signal (&self->changed);
  return TRUE;
}
