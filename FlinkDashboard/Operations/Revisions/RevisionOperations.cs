using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Revisions;

namespace FlinkDashboard.Operations.Revisions;

/// <summary>One kept spec of an object.</summary>
/// <param name="Name">Name of the ControllerRevision.</param>
/// <param name="Number">Higher is newer.</param>
/// <param name="At">When the spec was written; the last time, if it came back.</param>
/// <param name="Author">A user of this dashboard, or the field manager that wrote it; null when not known.</param>
/// <param name="FirstKept">When it was kept for the first time.</param>
/// <param name="IsCurrent">It is the spec that stands there now.</param>
public sealed record Revision(string Name, long Number, DateTimeOffset? At, string? Author, DateTimeOffset? FirstKept, bool IsCurrent);

/// <summary>A roll back, ready to be shown and then sent.</summary>
/// <param name="Before">What stands there now.</param>
/// <param name="Wanted">What will stand there.</param>
/// <param name="To">The revision.</param>
public sealed record RollBack(Manifest Before, Manifest Wanted, Revision To);

/// <summary>Lists, reads and rolls back to the specs that <see cref="RevisionKeeper"/> keeps; all as the user.</summary>
public sealed class RevisionOperations(KubernetesApi api, ManifestOperations manifests, RevisionKeeper keeper)
{
    /// <summary>How well specs are being kept.</summary>
    public RevisionKeeperStatus Keeper => keeper.Status;

    /// <summary>All revisions of an object, newest first.</summary>
    /// <exception cref="KubernetesApiException">They may not or cannot be read.</exception>
    public async Task<IReadOnlyList<Revision>> ListAsync(ObjectMeta owner, CurrentUser user, CancellationToken stop)
    {
        var all = await api.ListRevisionsAsync(owner, user.Identity, stop);
        return [.. all.Reverse().Select((r, i) => Of(r, i == 0))];
    }

    /// <summary>The spec of a revision as a manifest, secrets masked: to be read, or laid beside another.</summary>
    /// <exception cref="KubernetesApiException">It may not or cannot be read.</exception>
    public Task<Manifest> TextAsync(ObjectMeta owner, Revision revision, CurrentUser user, CancellationToken stop) => api.ReadRevisionAsync(owner, revision.Name, user.Identity, stop);

    /// <summary>Works out what rolling back changes; sends nothing.</summary>
    /// <param name="kind">FlinkDeployment, FlinkSessionJob or FlinkBlueGreenDeployment.</param>
    /// <param name="owner">The object.</param>
    /// <param name="to">The revision.</param>
    /// <param name="mode">How state is carried over; null keeps what the object says now.</param>
    /// <param name="user">Read as them.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="KubernetesApiException">It may not or cannot be read.</exception>
    public async Task<RollBack> PrepareAsync(KindInfo kind, ObjectMeta owner, Revision to, UpgradeMode? mode, CurrentUser user, CancellationToken stop)
    {
        var before = Manifest.Parse(await api.ReadYamlAsync(kind, owner.Namespace, owner.Name, user.Identity, stop));
        return new(before, await api.RolledBackAsync(before, to.Name, mode?.Text, user.Identity, stop), to);
    }

    /// <summary>Rolls back as prepared; a conflict when the object was changed since.</summary>
    public Task<ManifestResult> RollBackAsync(RollBack prepared, CurrentUser user, string? reason, CancellationToken stop) =>
        manifests.ReplaceAsync("RollBack", prepared.Before, prepared.Wanted, user, string.IsNullOrWhiteSpace(reason) ? $"to revision {prepared.To.Number}" : $"{reason} (to revision {prepared.To.Number})", stop);

    private static Revision Of(ControllerRevision r, bool newest) =>
        new(r.Metadata.Name, r.Revision, RevisionStamp.Of(r.Metadata).At, RevisionStamp.Of(r.Metadata).Author, r.Metadata.CreationTimestamp, newest);
}
