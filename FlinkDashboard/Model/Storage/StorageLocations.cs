namespace FlinkDashboard.Model.Storage;

/// <summary>A place that may be looked at.</summary>
/// <param name="Namespace">Whose people may; null: those who may list applications of all namespaces.</param>
/// <param name="Root">A folder.</param>
public sealed record StorageLocation(string? Namespace, StorageAddress Root)
{
    /// <summary>Reads an entry of <c>Storage:Locations</c>: <c>s3://bucket/prefix</c> or <c>NAMESPACE=s3://bucket/prefix</c>; null when it is neither.</summary>
    public static StorageLocation? Of(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var ns = at > 0 && at < scheme ? text[..at].Trim() : null;
        return StorageAddress.FolderOf(ns is null ? text : text[(at + 1)..].Trim()) is { } root && StoragePath.Refusal(root.Key) is null ? new(ns, root) : null;
    }

    /// <summary>The place stands in this location. <c>jobs-old/</c> does not stand in <c>jobs</c>.</summary>
    public bool Covers(StorageAddress place) => StoragePath.Refusal(place.Key) is null && place.IsIn(Root);

    /// <summary><c>s3://bucket/prefix/</c>.</summary>
    public override string ToString() => Root.ToString();
}

/// <summary>Every place that may be looked at. Nothing else is ever read.</summary>
/// <param name="All">In the order of the settings.</param>
/// <param name="Jars">Where jars are uploaded to; null when that stands in no location.</param>
public sealed record StorageLocations(IReadOnlyList<StorageLocation> All, StorageAddress? Jars)
{
    /// <summary>Reads the settings.</summary>
    /// <param name="locations"><c>Storage:Locations</c>.</param>
    /// <param name="jars"><c>Storage:Jars</c>; null: <c>jobs/</c> of the first location.</param>
    public static StorageLocations Of(IEnumerable<string> locations, string? jars)
    {
        List<StorageLocation> all = [.. locations.Select(StorageLocation.Of).OfType<StorageLocation>()];
        var folder = jars is not null ? StorageAddress.FolderOf(jars) : all is [var first, ..] ? first.Root with { Key = first.Root.Key + "jobs/" } : null;
        return new(all, folder is { } place && all.Any(l => l.Covers(place)) ? folder : null);
    }

    /// <summary>The locations that a place stands in; none: it must not be read.</summary>
    public IReadOnlyList<StorageLocation> Covering(StorageAddress place) => [.. All.Where(l => l.Covers(place))];

    /// <summary>The locations that stand in no other: together they hold everything once.</summary>
    public IReadOnlyList<StorageLocation> Outermost => [.. All.Where((one, i) => !All.Where((other, j) => j != i && one.Root.IsIn(other.Root) && (one.Root != other.Root || j < i)).Any())];
}
