using System.Text.RegularExpressions;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Storage;

/// <summary>A savepoint or checkpoint that the cluster names.</summary>
/// <param name="Owner">The application it is of; null: of none that is named.</param>
/// <param name="Namespace">Where it is named.</param>
/// <param name="Snapshot">Name of the FlinkStateSnapshot; null: an application's status names it.</param>
/// <param name="Continues">The owner's next start continues from it.</param>
public sealed record NamedState(StorageOwner? Owner, string Namespace, string? Snapshot, bool Continues);

/// <summary>Which application what stands in storage belongs to, by what applications and snapshots name.</summary>
public sealed partial class StorageOwnership
{
    private readonly ILookup<StorageAddress, StorageClaim> claims;
    private readonly ILookup<StorageAddress, NamedState> named;

    private StorageOwnership(IEnumerable<StorageClaim> claims, IEnumerable<(StorageAddress Unit, NamedState State)> named)
    {
        this.claims = claims.ToLookup(c => c.Place);
        this.named = named.ToLookup(n => n.Unit, n => n.State);
    }

    /// <summary>Nothing is named.</summary>
    public static StorageOwnership None { get; } = new([], []);

    /// <summary>Reads a cluster.</summary>
    public static StorageOwnership Of(IReadOnlyList<FlinkDeployment> apps, IReadOnlyList<FlinkSessionJob> jobs, IReadOnlyList<FlinkStateSnapshot> snapshots)
    {
        var clusters = apps.Where(a => a.Spec.IsSession).ToDictionary(a => (a.Metadata.Namespace, a.Metadata.Name));
        var claims = apps.SelectMany(StorageClaim.Of).Concat(jobs.SelectMany(j => StorageClaim.Of(j, clusters.GetValueOrDefault((j.Metadata.Namespace, j.Spec.DeploymentName)))));
        var named = apps.SelectMany(a => Named(new(a.Metadata.Namespace, a.Metadata.Name), a.Status.JobStatus, a.Spec.Job))
            .Concat(jobs.SelectMany(j => Named(new(j.Metadata.Namespace, j.Metadata.Name, true), j.Status.JobStatus, j.Spec.Job)))
            .Concat(snapshots.SelectMany(Named));
        return new(claims, named);
    }

    /// <summary>The owner of what a name stands for; null when no application that is there names it.</summary>
    public StorageOwner? OwnerOf(StorageThing thing)
    {
        if (thing.Claim is not { } kind || kind == ClaimKind.Jar)
            return null;
        if (StatesAt(thing.Unit).FirstOrDefault(n => n.Owner is not null) is { } state)
            return state.Owner;
        for (var at = (StorageAddress?)thing.Unit; at is { } folder; at = folder.Parent)
        {
            List<StorageClaim> candidates = [.. claims[folder].Where(c => c.Kind == kind)];
            if (candidates.Count > 0)
                return Chosen(candidates, kind, thing, thing.Unit.Key[folder.Key.Length..]);
        }
        return null;
    }

    /// <summary>Something names it: an application by its directories, or a snapshot.</summary>
    public bool IsNamed(StorageThing thing) => OwnerOf(thing) is not null || StatesAt(thing.Unit).Any();

    /// <summary>Who names a savepoint or checkpoint by its path.</summary>
    public IEnumerable<NamedState> StatesAt(StorageAddress folder) => named[folder.Folder];

    /// <summary>Applications whose <c>jarURI</c> is this jar.</summary>
    public IReadOnlyList<StorageOwner> UsersOf(StorageAddress jar) => [.. claims[jar].Where(c => c.Kind == ClaimKind.Jar).Select(c => c.Owner).Distinct()];

    /// <summary>Applications that name exactly this directory, and what for.</summary>
    public IReadOnlyList<StorageClaim> ClaimsOf(StorageAddress folder) => [.. claims[folder.Folder].DistinctBy(c => (c.Owner, c.Kind))];

    private static StorageOwner? Chosen(List<StorageClaim> candidates, ClaimKind kind, StorageThing thing, string below)
    {
        var first = below.Split('/')[0];
        var exact = kind switch
        {
            ClaimKind.Checkpoints => candidates.Where(c => c.JobId is { } id && id == thing.JobId),
            ClaimKind.Savepoints => candidates.Where(c => c.JobId is { } id && thing.JobId is { } start && id.StartsWith(start, StringComparison.Ordinal)),
            // <storageDir>/<cluster id>/…; the operator's cluster id is the deployment's name.
            ClaimKind.HighAvailability => candidates.Where(c => c.Owner.Name == first || c.Owner.Name == below.TrimEnd('/').Split('/')[^1]),
            ClaimKind.Logs => candidates.Where(c => Pod().Match(thing.Unit.Name) is { Success: true } pod && pod.Groups["app"].Value == c.Owner.Name),
            _ => []
        };
        List<StorageOwner> found = [.. exact.Select(c => c.Owner).Distinct()];
        if (found.Count > 0)
            return found.Count == 1 || kind == ClaimKind.Checkpoints ? found[0] : null;
        List<StorageOwner> all = [.. candidates.Select(c => c.Owner).Distinct()];
        List<StorageOwner> deployments = [.. all.Where(o => !o.IsSessionJob)];
        return all.Count == 1 ? all[0] : deployments.Count == 1 ? deployments[0] : null;
    }

    private static IEnumerable<(StorageAddress, NamedState)> Named(StorageOwner owner, FlinkJobStatus status, FlinkJobSpec? job)
    {
        var next = StorageAddress.FolderOf(status.UpgradeSavepointPath);
        string?[] paths = [status.UpgradeSavepointPath, status.SavepointInfo?.LastSavepoint?.Location, job?.InitialSavepointPath, .. (status.SavepointInfo?.SavepointHistory ?? []).Select(s => s.Location)];
        foreach (var place in paths.Select(p => StorageAddress.FolderOf(p)).OfType<StorageAddress>().Distinct())
            yield return (place, new(owner, owner.Namespace, null, place == next));
    }

    private static IEnumerable<(StorageAddress, NamedState)> Named(FlinkStateSnapshot snapshot)
    {
        var path = snapshot.Status.Path ?? (snapshot.Spec.Savepoint?.AlreadyExists == true ? snapshot.Spec.Savepoint.Path : null);
        if (StorageAddress.FolderOf(path) is not { } place)
            yield break;
        var of = snapshot.Spec.JobReference;
        yield return (place, new(of is null ? null : new(snapshot.Metadata.Namespace, of.Name, of.Kind == FlinkSessionJob.Info.Kind), snapshot.Metadata.Namespace, snapshot.Metadata.Name, false));
    }

    // <deployment>-taskmanager-<attempt>-<index>, or a ReplicaSet's pod.
    [GeneratedRegex("^(?<app>.+?)-(taskmanager-\\d+-\\d+|[a-z0-9]{6,10}-[a-z0-9]{5})$")]
    private static partial Regex Pod();
}
