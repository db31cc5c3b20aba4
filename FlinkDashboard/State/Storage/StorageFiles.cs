using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.State.Storage;

/// <summary>
/// What stands in the configured locations, read once for all viewers with the dashboard's own role. Nothing outside the locations is read, whoever asks; which of
/// them a viewer may see is asked at the door before (<c>Access/SourceRights</c>).
/// </summary>
public sealed class StorageFiles(S3Api api, DashboardOptions options, TimeProvider time)
{
    /// <summary>Entries of one page of a folder.</summary>
    public const int PageSize = 500;

    /// <summary>Requests that measuring one folder may take; more than 20,000 objects are said to be "at least".</summary>
    public const int MeasureRequests = 20;

    private const int LargestDirectory = 16 << 20;
    private readonly SharedReads<StorageListing> pages = new(time, TimeSpan.FromSeconds(15), 400);
    private readonly SharedReads<StorageHead> heads = new(time, TimeSpan.FromSeconds(15), 400);
    private readonly SharedReads<FolderSize> sizes = new(time, TimeSpan.FromMinutes(1), 400);
    private readonly SharedReads<JarFacts> jars = new(time, TimeSpan.FromMinutes(10), 200);

    /// <summary>What may be looked at; empty: storage is not set up.</summary>
    public StorageLocations Locations { get; } = StorageLocations.Of(options.Storage.Locations, options.Storage.Jars);

    /// <summary>Who is asked, for sentences.</summary>
    public string Server => api.Server;

    /// <summary>One page of a folder.</summary>
    /// <param name="folder">A folder in one of the locations.</param>
    /// <param name="next">Where an earlier page ended; null begins.</param>
    /// <param name="fresh">Ask again.</param>
    /// <param name="stop">Ends the wait.</param>
    public Task<StorageAnswer<StorageListing>> ListAsync(StorageAddress folder, string? next, bool fresh, CancellationToken stop) =>
        Outside<StorageListing>(folder, mustBeFolder: true) ?? pages.ReadAsync($"{folder}|{next}", s => api.ListAsync(folder, next, PageSize, s), fresh, stop);

    /// <summary>Size, time and type of an object.</summary>
    public Task<StorageAnswer<StorageHead>> HeadAsync(StorageAddress place, CancellationToken stop) =>
        Outside<StorageHead>(place, mustBeFolder: false) ?? heads.ReadAsync($"{place}", s => api.HeadAsync(place, s), false, stop);

    /// <summary>How much a folder holds.</summary>
    public Task<StorageAnswer<FolderSize>> MeasureAsync(StorageAddress folder, CancellationToken stop) =>
        Outside<FolderSize>(folder, mustBeFolder: true) ?? sizes.ReadAsync($"{folder}", s => MeasuredAsync(folder, s), false, stop);

    /// <summary>What a jar says of itself; read from its end, not as a whole.</summary>
    public Task<StorageAnswer<JarFacts>> JarAsync(StorageObject jar, CancellationToken stop) =>
        Outside<JarFacts>(jar.Address, mustBeFolder: false) ?? jars.ReadAsync($"{jar.Address}|{jar.Tag}", s => ReadJarAsync(jar, s), false, stop);

    /// <summary>An object's content, read forwards, as it is stored. The stream throws an IOException that says what happened.</summary>
    public async Task<StorageAnswer<Stream>> OpenAsync(StorageAddress place, CancellationToken stop)
    {
        if (Outside<Stream>(place, mustBeFolder: false) is { } refusal)
            return await refusal;
        try
        {
            return new(await api.OpenAsync(place, stop), time.GetUtcNow(), null);
        }
        catch (S3Exception e)
        {
            return StorageAnswer<Stream>.No(Failures.Of(e, time.GetUtcNow()));
        }
    }

    /// <summary>The same for readers of archived logs, who know addresses as texts and failures as exceptions.</summary>
    /// <exception cref="IOException">It is no address, stands in no location, or cannot be read: the message says which.</exception>
    public async Task<Stream> OpenArchiveAsync(string? address, CancellationToken stop)
    {
        var answer = StorageAddress.Of(address) is { } place ? await OpenAsync(place, stop) : throw new IOException($"\"{address}\" is no address of an archive: it is written s3://bucket/key.");
        return answer.Value ?? throw new IOException(answer.Failure?.Message);
    }

    private async Task<FolderSize> MeasuredAsync(StorageAddress folder, CancellationToken stop)
    {
        var (amount, newest, complete) = (default(StorageAmount), DateTimeOffset.MinValue, false);
        string? next = null;
        for (var asked = 0; asked < MeasureRequests; asked++)
        {
            var page = await api.ListBelowAsync(folder, next, stop);
            foreach (var one in page.Objects)
                (amount, newest, complete) = (amount + new StorageAmount(one.Size, 1), one.At > newest ? one.At : newest, complete || one.Address.Key == folder.Key + "_metadata");
            if ((next = page.Next) is null)
                break;
        }
        return new(amount, next is not null, complete, amount.Objects > 0 ? newest : null);
    }

    private async Task<JarFacts> ReadJarAsync(StorageObject jar, CancellationToken stop)
    {
        var from = Math.Max(0, jar.Size - JarDirectory.Tail);
        var tail = jar.Size == 0 ? [] : await api.ReadAsync(jar.Address, from, (int)(jar.Size - from), jar.Tag, stop);
        if (JarDirectory.Of(tail) is not { } directory)
            throw new S3Exception(S3Fault.Refused, $"{jar.Address.Name} is no jar: it has no table of contents at its end.");
        var table = directory.At >= from && directory.At <= jar.Size
            ? tail.AsMemory((int)(directory.At - from))
            : directory.At < 0 || directory.At > jar.Size ? default : await api.ReadAsync(jar.Address, directory.At, (int)Math.Clamp(Math.Min(directory.Size, jar.Size - directory.At), 1, LargestDirectory), jar.Tag, stop);
        var manifest = JarEntry.Find(table.Span, "META-INF/MANIFEST.MF");
        if (manifest is not { Compressed: > 0 and <= JarFacts.LongestManifest } || manifest.At >= jar.Size)
            return new(directory.Entries, JarFacts.Manifest(null));
        var count = (int)Math.Min(JarEntry.LongestHeader + manifest.Compressed, jar.Size - manifest.At);
        var file = await api.ReadAsync(jar.Address, manifest.At, count, jar.Tag, stop);
        return new(directory.Entries, JarFacts.Manifest(manifest.Text(file, JarFacts.LongestManifest)));
    }

    private Task<StorageAnswer<T>>? Outside<T>(StorageAddress place, bool mustBeFolder) where T : class
    {
        var reason = StoragePath.Refusal(place.Key) ?? (Locations.Covering(place).Count == 0 ? $"{place} stands in none of the places that Storage:Locations names." : place.IsFolder != mustBeFolder ? $"{place} is {(mustBeFolder ? "no" : "a")} folder." : null);
        return reason is null ? null : Task.FromResult(StorageAnswer<T>.No(new(reason, null, false, time.GetUtcNow())));
    }
}

/// <summary>What a folder holds.</summary>
/// <param name="Amount">How much.</param>
/// <param name="IsAtLeast">There is more: counting stopped.</param>
/// <param name="IsComplete">It holds a <c>_metadata</c> of its own.</param>
/// <param name="Newest">When something was last written; null when it is empty.</param>
public sealed record FolderSize(StorageAmount Amount, bool IsAtLeast, bool IsComplete, DateTimeOffset? Newest);
