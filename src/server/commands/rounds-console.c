/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a command writes: in one transaction with its line of the audit log.
 * Who may run commands is the machine's to say; who did, is noted as far as the kernel knows it.
 */

#include "config.h"

#include "rounds-console.h"

#include "rounds-audit-repository.h"
#include "rounds-json.h"
#include "rounds-server-error.h"

#include <unistd.h>

#define ADDRESS "console"
/* Who signed in to the machine first, whoever he has become since (sudo). */
#define LOGIN_UID "/proc/self/loginuid"

static char *
write_detail (void)
{
  g_autoptr (JsonObject) detail = json_object_new ();
  g_autofree char *login = NULL;
  guint64 uid = 0;

  json_object_set_int_member (detail, "uid", getuid ());
  /* The largest number stands for nobody: a service, a machine that keeps no such account. */
  if (g_file_get_contents (LOGIN_UID, &login, NULL, NULL)
      && g_ascii_string_to_unsigned (g_strstrip (login), 10, 0, G_MAXUINT32 - 1, &uid, NULL))
    json_object_set_int_member (detail, "loginUid", (gint64)uid);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), detail);
  return rounds_json_to_text (node);
}

static gboolean
note (RoundsDb *db, const RoundsConsoleAct *act, gint64 now, GError **error)
{
  g_autoptr (RoundsAuditEntry) entry = g_new0 (RoundsAuditEntry, 1);

  entry->at = now;
  entry->address = g_strdup (ADDRESS);
  entry->action = g_strdup (act->action);
  entry->record_kind = g_strdup (act->record_kind);
  entry->record_id = g_strdup (act->record_id);
  entry->result = 200;
  entry->detail = write_detail ();
  return rounds_audit_repository_append (db, entry, error);
}

gboolean
rounds_console_write (RoundsDb *db, const RoundsConsoleAct *act, RoundsConsoleFunc func,
                      gpointer data, GError **error)
{
  g_return_val_if_fail (db != NULL && act != NULL && act->action != NULL && func != NULL, FALSE);

  g_autoptr (RoundsClock) clock = rounds_clock_new_system ();
  gint64 now = rounds_clock_now (clock);
  if (!rounds_db_begin (db, error))
    return FALSE;
  if (!func (db, data, now, error) || !note (db, act, now, error))
    {
      rounds_db_rollback (db);
      return FALSE;
    }
  return rounds_db_commit (db, error);
}

gboolean
rounds_console_refuse_problems (const RoundsProblems *problems, GError **error)
{
  g_return_val_if_fail (problems != NULL, FALSE);

  if (rounds_problems_get_length (problems) == 0)
    return TRUE;
  const RoundsProblem *first = rounds_problems_get (problems, 0);
  g_set_error (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT, "--%s: %s", first->field,
               first->message);
  return FALSE;
}
