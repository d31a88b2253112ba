/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a row or page says about an appointment or meeting, for the person who looks at it.
 * It knows no widget; times are in rounds-time-words.h.
 */

#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* All (transfer full) unless said otherwise. */

/* The other side: the patient for staff, the doctor (or department) for the patient; a meeting's
 * title. */
char *rounds_entry_words_title (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store);
/* Reason or description; participants for meetings; never NULL, may be "". */
char *rounds_entry_words_subtitle (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store);
/* "Ana Silva, Jonas Weber and 3 more" without @viewer; people who are not known are counted. */
char *rounds_entry_words_people (RoundsMeeting *meeting, RoundsUser *viewer, RoundsStore *store);
/* "Virtual appointment", "Appointment in person", "Video meeting" … Static. */
const char *rounds_entry_words_kind (RoundsEntry *entry);
/* The icon that goes with the kind. Static. */
const char *rounds_entry_words_icon (RoundsEntry *entry);
/* "Not sent yet" and the like; NULL when the server knows all that @entry shows. Static. */
const char *rounds_entry_words_delivery (RoundsEntry *entry);
/* The icon that goes with it, or NULL. Static. */
const char *rounds_entry_words_delivery_icon (RoundsEntry *entry);
/* One sentence for a screen reader: time, who, kind, status, and whether it is unsent. */
char *rounds_entry_words_spoken (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store);
/* "Doctor", "Administrator" … Static. */
const char *rounds_role_word (RoundsRole role);
/* "Doctor–administrator meeting" … Static. */
const char *rounds_role_context_words (RoundsRoleContext context);
/* "The patient didn’t come in time" …; NULL where it is not known. Static. */
const char *rounds_no_show_cause_words (RoundsNoShowCause cause);

G_END_DECLS
