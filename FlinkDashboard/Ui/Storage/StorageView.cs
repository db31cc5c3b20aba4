using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Storage;
using FlinkDashboard.State.Storage;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Storage;

/// <summary>
/// The door from a page to storage. S3 is asked once for all viewers, with the dashboard's own role; so each viewer's own right to the place
/// (<see cref="SourceRights.MayBrowseAsync"/>) is asked first. What may not be seen answers with the reason, as any other failure.
/// </summary>
public sealed class StorageView(StorageFiles files, StorageOwners owners, UsageCount count, SourceRights rights, ClusterView cluster, TimeProvider time)
{
    /// <summary>What may be looked at, by anybody.</summary>
    public StorageLocations Locations => files.Locations;

    /// <summary>Who is asked, for sentences.</summary>
    public string Server => files.Server;

    /// <summary>How far counting is.</summary>
    public UsageState Counting => count.Now;

    /// <summary>Which application what belongs to. Read it for single names; what it says of namespaces that a viewer does not see is not shown.</summary>
    public StorageOwnership Ownership => owners.Current;

    /// <summary>Orphans can be told: everything that could name them has been listed.</summary>
    public bool KnowsOrphans => owners.IsKnown;

    /// <summary>Told as counting goes on.</summary>
    public IDisposable Subscribe(Action changed) => count.Subscribe(changed);

    /// <summary>Counts anew; goes on without this viewer.</summary>
    public void Count() => _ = count.StartAsync();

    /// <summary>May this viewer look at a place?</summary>
    public Task<Decision> MayAsync(StorageAddress place, CancellationToken stop) => MayAsync(files.Locations, rights, cluster.User.Identity, place, stop);

    /// <summary>May somebody look at a place? One of the locations that it stands in must be theirs.</summary>
    public static async Task<Decision> MayAsync(StorageLocations locations, SourceRights rights, Model.UserIdentity? user, StorageAddress place, CancellationToken stop)
    {
        var refusal = Decision.No($"{place} stands in none of the places that Storage:Locations names.");
        foreach (var location in locations.Covering(place))
        {
            var may = await rights.MayBrowseAsync(user, location.Namespace, stop);
            if (may.Allowed)
                return may;
            refusal = Decision.No($"{location} is for those who may list Flink applications {(location.Namespace is { } ns ? $"in namespace {ns}" : "of all namespaces")}. {may.Reason}");
        }
        return refusal;
    }

    /// <summary>One page of a folder.</summary>
    public async Task<StorageAnswer<StorageListing>> ListAsync(StorageAddress folder, string? next, bool fresh, CancellationToken stop) =>
        await RefusalAsync<StorageListing>(folder, stop) ?? await files.ListAsync(folder, next, fresh, stop);

    /// <summary>Size, time and type of an object.</summary>
    public async Task<StorageAnswer<StorageHead>> HeadAsync(StorageAddress place, CancellationToken stop) => await RefusalAsync<StorageHead>(place, stop) ?? await files.HeadAsync(place, stop);

    /// <summary>An object's content as it is stored.</summary>
    public async Task<StorageAnswer<Stream>> OpenAsync(StorageAddress place, CancellationToken stop) => await RefusalAsync<Stream>(place, stop) ?? await files.OpenAsync(place, stop);

    /// <summary>How much a folder holds.</summary>
    public async Task<StorageAnswer<FolderSize>> MeasureAsync(StorageAddress folder, CancellationToken stop) => await RefusalAsync<FolderSize>(folder, stop) ?? await files.MeasureAsync(folder, stop);

    /// <summary>What a jar says of itself.</summary>
    public async Task<StorageAnswer<JarFacts>> JarAsync(StorageObject jar, CancellationToken stop) => await RefusalAsync<JarFacts>(jar.Address, stop) ?? await files.JarAsync(jar, stop);

    /// <summary>Who keeps how much: the applications that this viewer sees, and orphans in the locations that are theirs. Null before anything was counted.</summary>
    public async Task<StorageUsage?> UsageAsync(CancellationToken stop)
    {
        if (count.Now.Count is not { } counted)
            return null;
        var all = owners.UsageOf(counted);
        var mine = new List<StorageAddress>();
        foreach (var location in files.Locations.All)
            if ((await rights.MayBrowseAsync(cluster.User.Identity, location.Namespace, stop)).Allowed)
                mine.Add(location.Root);
        var whole = files.Locations.Outermost.All(l => mine.Contains(l.Root));
        return all with
        {
            Owners = [.. all.Owners.Where(o => Sees(o.Owner))],
            Orphans = owners.IsKnown ? [.. all.Orphans.Where(o => mine.Any(root => o.Thing.Unit.IsIn(root)))] : [],
            Jars = whole ? all.Jars : default,
            Other = whole ? all.Other : default,
            Total = whole ? all.Total : default
        };
    }

    /// <summary>What one application keeps; null before anything was counted. For those who see the application.</summary>
    public OwnerUsage? UsageOf(StorageOwner owner) => count.Now.Count is { } counted && Sees(owner) ? owners.UsageOf(counted).Owners.FirstOrDefault(o => o.Owner == owner) : null;

    /// <summary>This viewer sees the application.</summary>
    public bool Sees(StorageOwner owner) => owner.IsSessionJob ? cluster.Sees<FlinkSessionJob>(owner.Namespace) : cluster.Sees<FlinkDeployment>(owner.Namespace);

    private async Task<StorageAnswer<T>?> RefusalAsync<T>(StorageAddress place, CancellationToken stop) where T : class =>
        await MayAsync(place, stop) is { Allowed: false } no ? StorageAnswer<T>.No(new(no.Reason, null, false, time.GetUtcNow())) : null;
}
