using FlinkDashboard.Model.Storage;
using FlinkDashboard.Ui.Menu;
using FlinkDashboard.Ui.Storage;

namespace FlinkDashboard.Features.Storage;

/// <summary>One line of a folder.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Thing">What it is.</param>
/// <param name="What">The same in words.</param>
/// <param name="Size">Bytes; null of a folder.</param>
/// <param name="At">When it was written; null of a folder.</param>
/// <param name="Owners">Applications it belongs to, or that run it.</param>
/// <param name="Refusal">Why it cannot be opened from here; null when it can.</param>
public sealed record StorageRow(StorageAddress Place, StorageThing Thing, string What, long? Size, DateTimeOffset? At, IReadOnlyList<StorageOwner> Owners, string? Refusal)
{
    /// <summary>Identity in the table.</summary>
    public string Key => Place.ToString();

    /// <summary>Name with a slash for folders.</summary>
    public string Name => Place.IsFolder ? Place.Name + "/" : Place.Name;

    /// <summary>Its details tell more than its content: a savepoint, a checkpoint, every object.</summary>
    public bool OpensDetails => !Place.IsFolder || Thing.Kind is StorageKind.Savepoint or StorageKind.Checkpoint;

    /// <summary>Folders first, by name; objects newest first.</summary>
    public string Rank => Place.IsFolder ? "0" + Place.Name : "1" + Place.Name;

    /// <summary>Where its name leads on the page now shown.</summary>
    public string Address(PageQuery query) => OpensDetails ? query.With("show", Key).On("/storage") : query.Only("sort").With("at", Key).On("/storage");

    /// <summary>Reads a page of a folder.</summary>
    public static IEnumerable<StorageRow> From(StorageListing page, StorageOwnership ownership, Func<StorageOwner, bool> sees) =>
        page.Folders.Select(f => From(f, null, ownership, sees)).Concat(page.Objects.Select(o => From(o.Address, o, ownership, sees)));

    private static StorageRow From(StorageAddress place, StorageObject? one, StorageOwnership ownership, Func<StorageOwner, bool> sees)
    {
        var thing = StorageThing.Of(place);
        // The name of a pod's folder tells nothing by itself: that it stands in a folder of logs does.
        if (thing.Kind == StorageKind.Folder && place.Parent is { } parent && ownership.ClaimsOf(parent).Any(c => c.Kind == ClaimKind.Logs))
            thing = new(StorageKind.Log, place);
        List<StorageClaim> claims = one is null ? [.. ownership.ClaimsOf(place).Where(c => sees(c.Owner))] : [];
        IReadOnlyList<StorageOwner> owners = claims.Count > 0 ? [.. claims.Select(c => c.Owner).Distinct()]
            : thing.Kind == StorageKind.Jar ? [.. ownership.UsersOf(place).Where(sees)]
            : ownership.OwnerOf(thing) is { } owner && sees(owner) ? [owner] : [];
        var what = claims.Count > 0 ? string.Join(", ", claims.Select(c => StorageWords.Of(c.Kind)).Distinct()) : thing.Kind == StorageKind.Log && place.IsFolder ? "logs of a pod" : StorageWords.Of(thing);
        return new(place, thing, what, one?.Size, one?.At, owners, StoragePath.Refusal(place.Key));
    }
}
