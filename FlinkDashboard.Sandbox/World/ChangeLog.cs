namespace FlinkDashboard.Sandbox.World;

/// <summary>
/// The newest changes in commit order, found by version with a binary search, so that a watch that wakes for one change
/// reads one change. Not thread-safe: the store's lock guards it.
/// </summary>
internal sealed class ChangeLog(int limit, long firstVersion)
{
    private readonly Change[] _ring = new Change[limit];
    private int _head;
    private int _count;

    /// <summary>Changes after this version are here; older ones are forgotten.</summary>
    public long Oldest { get; private set; } = firstVersion;

    /// <summary>Adds the newest change, forgetting the oldest when full.</summary>
    public void Add(Change change)
    {
        if (_count == _ring.Length)
        {
            Oldest = _ring[_head].Object.ResourceVersion;
            _head = (_head + 1) % _ring.Length;
            _count--;
        }
        _ring[(_head + _count) % _ring.Length] = change;
        _count++;
    }

    /// <summary>Forgets everything up to a version.</summary>
    public void Clear(long version)
    {
        Array.Clear(_ring);
        _head = _count = 0;
        Oldest = version;
    }

    /// <summary>Changes after a version, oldest first.</summary>
    public Change[] After(long version)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).Object.ResourceVersion <= version)
                low = middle + 1;
            else
                high = middle;
        }
        var result = new Change[_count - low];
        for (var i = 0; i < result.Length; i++)
            result[i] = At(low + i);
        return result;
    }

    private Change At(int index) => _ring[(_head + index) % _ring.Length];
}
