/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Half-open ranges of time.
 * It knows no calendar.
 */

#include "rounds-time-range.h"

RoundsTimeRange
rounds_time_range_new (gint64 start, gint64 end)
{
  g_return_val_if_fail (start <= end, ((RoundsTimeRange){ start, start }));

  return (RoundsTimeRange){ start, end };
}

gboolean
rounds_time_range_contains (RoundsTimeRange self, gint64 moment)
{
  return self.start <= moment && moment < self.end;
}

gboolean
rounds_time_range_overlaps (RoundsTimeRange a, RoundsTimeRange b)
{
  return !rounds_time_range_is_empty (a) && !rounds_time_range_is_empty (b) && a.start < b.end
         && b.start < a.end;
}

gboolean
rounds_time_range_is_empty (RoundsTimeRange self)
{
  return self.start >= self.end;
}
