using System.Runtime.InteropServices;

namespace FlinkDashboard.Ui.Charts;

/// <summary>What a browser that shows one drawing needs to show the next: points that fall away at the left, points that stay, and those that are newer.</summary>
/// <param name="Drop">Points that fall away.</param>
/// <param name="Keep">Points that stay after them; what lies behind is replaced by the tail.</param>
/// <param name="Tail">Little-endian doubles, row after row; NaN for a gap.</param>
public sealed record ChartPatch(int Drop, int Keep, byte[] Tail)
{
    /// <summary>The way from one drawing to the next; null where the whole has to be sent: other lines, another step, or too much that changed.</summary>
    public static ChartPatch? Between(DrawnChart? before, DrawnChart now)
    {
        if (before is null || before.Range.Step != now.Range.Step || before.Others != now.Others || !before.Lines.SequenceEqual(now.Lines))
            return null;
        var shift = (now.Range.From - before.Range.From) / now.Range.Step;
        if (shift < 0 || shift != Math.Floor(shift) || shift >= before.Range.Points)
            return null;
        var drop = (int)shift;
        var keep = Math.Min(before.Range.Points - drop, now.Range.Points);
        for (var row = 0; row < now.Rows.Count; row++)
            keep = Math.Min(keep, Same(before.Rows[row].AsSpan(drop), now.Rows[row]));
        return now.Range.Points - keep > Math.Max(8, now.Range.Points / 4) ? null : new(drop, keep, Pack(now, keep));
    }

    /// <summary>The values from a point on, row after row.</summary>
    public static byte[] Pack(DrawnChart drawn, int from)
    {
        var tail = drawn.Range.Points - from;
        var bytes = new byte[drawn.Rows.Count * tail * sizeof(double)];
        var values = MemoryMarshal.Cast<byte, double>(bytes.AsSpan());
        for (var row = 0; row < drawn.Rows.Count; row++)
            drawn.Rows[row].AsSpan(from, tail).CopyTo(values[(row * tail)..]);
        return bytes;
    }

    // How many points from the first on are alike.
    private static int Same(ReadOnlySpan<double> old, ReadOnlySpan<double> now)
    {
        var most = Math.Min(old.Length, now.Length);
        for (var i = 0; i < most; i++)
            if (!old[i].Equals(now[i]))
                return i;
        return most;
    }
}
