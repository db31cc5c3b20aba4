namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>One of the two outputs of a pod's Flink container, as it was shipped: the newest lines, found by number or by time. Thread-safe.</summary>
/// <param name="destination">Where it went.</param>
/// <param name="output"><see cref="StandardOutput"/> or <see cref="StandardError"/>.</param>
public sealed class ShippedStream(LogDestination destination, string output)
{
    /// <summary>Standard output: Flink's log.</summary>
    public const string StandardOutput = "STDOUT";

    /// <summary>Standard error: what the JVM and its start scripts say.</summary>
    public const string StandardError = "STDERR";

    private const int FirstSize = 64;
    private readonly Lock _lock = new();

    // A line stands at its number modulo the length, so that it is found without a search.
    private ShippedLine[] _ring = new ShippedLine[FirstSize];
    private long _first;
    private long _next;
    private long _bytes;

    /// <summary>Where it went.</summary>
    public LogDestination Destination => destination;

    /// <summary><see cref="StandardOutput"/> or <see cref="StandardError"/>.</summary>
    public string Output => output;

    /// <summary>Name of the CloudWatch stream.</summary>
    public string Name { get; } = $"{destination.StreamPrefix}/{destination.Pod}/{output}";

    /// <summary>How many lines there ever were.</summary>
    public long Written { get { lock (_lock) return _next; } }

    /// <summary>Characters of the lines that are kept, and 26 for each as CloudWatch counts.</summary>
    public long Size { get { lock (_lock) return _bytes; } }

    /// <summary>The oldest line that is kept; null before the first.</summary>
    public ShippedLine? Oldest { get { lock (_lock) return _next > _first ? At(_first) : null; } }

    /// <summary>The newest line; null before the first.</summary>
    public ShippedLine? Newest { get { lock (_lock) return _next > _first ? At(_next - 1) : null; } }

    /// <summary>All lines that are kept, oldest first.</summary>
    public IReadOnlyList<ShippedLine> Lines => Read(0, int.MaxValue);

    /// <summary>Lines from a number on, as far as they are kept.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<ShippedLine> Read(long from, int most)
    {
        lock (_lock)
        {
            from = Math.Max(from, _first);
            var lines = new ShippedLine[Math.Clamp(_next - from, 0, most)];
            for (var i = 0; i < lines.Length; i++)
                lines[i] = At(from + i);
            return lines;
        }
    }

    /// <summary>Number of the first kept line that is not older than a time; the number of the next line when all are.</summary>
    /// <param name="milliseconds">Since 1970.</param>
    public long NumberAt(long milliseconds)
    {
        lock (_lock)
        {
            var (low, high) = (_first, _next);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                if (At(middle).Time.ToUnixTimeMilliseconds() < milliseconds)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }
    }

    /// <summary>Adds a line; the oldest go when there are more than <paramref name="capacity"/>.</summary>
    internal void Append(DateTimeOffset time, string text, int capacity)
    {
        lock (_lock)
        {
            if (_next > _first && At(_next - 1).Time > time)
                time = At(_next - 1).Time;
            while (_next - _first >= Math.Max(1, capacity))
                _bytes -= Bytes(At(_first++));
            if (_next - _first == _ring.Length)
                Grow();
            var line = new ShippedLine(_next, time, text);
            _ring[_next++ % _ring.Length] = line;
            _bytes += Bytes(line);
        }
    }

    private static long Bytes(ShippedLine line) => line.Text.Length + 26;

    private ShippedLine At(long number) => _ring[number % _ring.Length];

    private void Grow()
    {
        var larger = new ShippedLine[_ring.Length * 2];
        for (var number = _first; number < _next; number++)
            larger[number % larger.Length] = At(number);
        _ring = larger;
    }
}
