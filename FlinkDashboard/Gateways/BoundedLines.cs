using System.Globalization;
using System.Text;

namespace FlinkDashboard.Gateways;

/// <summary>Lines of a text that nobody vouches for: one may go on for gigabytes, and a small packed file unpack to more than fits. What is beyond the bounds is read over, not kept.</summary>
/// <param name="from">The text.</param>
/// <param name="longest">Most characters of a line that are kept.</param>
/// <param name="most">Most characters read at all.</param>
public sealed class BoundedLines(TextReader from, int longest, long most = long.MaxValue)
{
    private readonly char[] buffer = new char[16_384];
    private readonly StringBuilder line = new();
    private int at;
    private int count;
    private long length;

    /// <summary>Characters read so far.</summary>
    public long Read { get; private set; }

    /// <summary>The text goes on beyond the most that is read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next line without its break; one that is too long ends with how much of it is missing. Null at the end.</summary>
    public async ValueTask<string?> NextAsync(CancellationToken stop)
    {
        line.Clear();
        length = 0;
        while (true)
        {
            if (at == count)
            {
                if (Read >= most)
                {
                    IsCut = true;
                    return null;
                }
                (at, count) = (0, await from.ReadAsync(buffer, stop));
                Read += count;
                if (count == 0)
                    return length > 0 ? Text() : null;
            }
            if (Take())
                return Text();
        }
    }

    // To the end of the line, or of what was read.
    private bool Take()
    {
        var rest = buffer.AsSpan(at, count - at);
        var end = rest.IndexOf('\n');
        var piece = end < 0 ? rest : rest[..end];
        line.Append(piece[..Math.Min(piece.Length, longest - line.Length)]);
        length += piece.Length;
        at += piece.Length + (end < 0 ? 0 : 1);
        return end >= 0;
    }

    private string Text()
    {
        if (length - line.Length is > 0 and var missing)
            return line.Append(CultureInfo.InvariantCulture, $"… ({missing:N0} characters more)").ToString();
        return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
    }
}
