/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * If-Match: whether the record is still the one that the client changes.
 * It knows no record; the handler says which version is stored and writes the 412.
 */

#include "config.h"

#include "rounds-precondition.h"

#include "rounds-request-private.h"

#include <string.h>

/* One element of the list: "3", W/"3" or 3. A proxy that compresses answers makes our tags weak;
 * what they number is the record, not its bytes, so a weak one says the same. */
static gboolean
read_tag (char *text, const char **tag)
{
  gsize length = 0;

  g_strstrip (text);
  if (g_str_has_prefix (text, "W/"))
    text += 2;
  length = strlen (text);
  if (length >= 2 && text[0] == '"' && text[length - 1] == '"')
    {
      text[length - 1] = '\0';
      text++;
    }
  else if (length == 0 || strspn (text, "0123456789") != length)
    return FALSE;

  *tag = text;
  return strchr (text, '"') == NULL;
}

RoundsPrecondition
rounds_precondition_parse (const char *if_match, gint64 version)
{
  g_autofree char *current = g_strdup_printf ("%" G_GINT64_FORMAT, version);
  g_auto (GStrv) elements = NULL;
  gboolean found = FALSE;
  gboolean any = FALSE;

  if (if_match == NULL)
    return ROUNDS_PRECONDITION_HOLDS;

  elements = g_strsplit (if_match, ",", -1);
  if (elements[0] != NULL && elements[1] == NULL && g_str_equal (g_strstrip (elements[0]), "*"))
    return ROUNDS_PRECONDITION_HOLDS;

  for (gsize i = 0; elements[i] != NULL; i++)
    {
      const char *tag = NULL;

      /* RFC 9110 has recipients pass over empty elements of a list. */
      if (*g_strstrip (elements[i]) == '\0')
        continue;
      if (!read_tag (elements[i], &tag))
        return ROUNDS_PRECONDITION_MALFORMED;
      any = TRUE;
      found = found || g_str_equal (tag, current);
    }
  if (!any)
    return ROUNDS_PRECONDITION_MALFORMED;
  return found ? ROUNDS_PRECONDITION_HOLDS : ROUNDS_PRECONDITION_FAILED;
}

RoundsResponse *
rounds_precondition_check (RoundsRequest *request, gint64 version, gboolean *failed)
{
  g_autoptr (RoundsProblems) problems = NULL;

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (failed != NULL, NULL);

  *failed = FALSE;
  switch (rounds_precondition_parse (request->if_match, version))
    {
    case ROUNDS_PRECONDITION_HOLDS:
      return NULL;
    case ROUNDS_PRECONDITION_FAILED:
      *failed = TRUE;
      return NULL;
    case ROUNDS_PRECONDITION_MALFORMED:
    default:
      problems = rounds_problems_new ();
      rounds_problems_add (problems, "If-Match", "Has to be the ETag of an answer, such as \"3\"");
      return rounds_response_problems (400, problems);
    }
}

RoundsResponse *
rounds_precondition_refuse (const char *member, JsonObject *document, gint64 version)
{
  g_autoptr (JsonObject) data = json_object_new ();
  RoundsResponse *response = NULL;

  g_return_val_if_fail (member != NULL && document != NULL, NULL);

  json_object_set_object_member (data, member, document);
  response = rounds_response_fail_with_data (
      412, "precondition_failed", "Somebody has changed this in the meantime; data has it as it is",
      g_steal_pointer (&data));
  rounds_response_set_version (response, version);
  return response;
}
