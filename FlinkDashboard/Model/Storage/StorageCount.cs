namespace FlinkDashboard.Model.Storage;

/// <summary>How much.</summary>
/// <param name="Bytes">Sum of the sizes.</param>
/// <param name="Objects">How many objects.</param>
public readonly record struct StorageAmount(long Bytes, long Objects)
{
    /// <summary>Both together.</summary>
    public static StorageAmount operator +(StorageAmount one, StorageAmount other) => new(one.Bytes + other.Bytes, one.Objects + other.Objects);
}

/// <summary>What is kept or lost as one: a savepoint, the checkpoints of a job, the logs of a pod, a jar.</summary>
/// <param name="Thing">What, and where.</param>
/// <param name="Amount">How much.</param>
/// <param name="Newest">When something was last written there.</param>
/// <param name="IsComplete">It holds a <c>_metadata</c>; means nothing for other kinds than checkpoints and savepoints.</param>
public sealed record StorageUnit(StorageThing Thing, StorageAmount Amount, DateTimeOffset Newest, bool IsComplete);

/// <summary>Everything below some folders, added up by unit.</summary>
public sealed class StorageCount
{
    /// <summary>Units told apart; what is beyond is counted in the whole only.</summary>
    public const int MostUnits = 100_000;

    private readonly Dictionary<StorageAddress, StorageUnit> units = [];

    /// <summary>All units.</summary>
    public IReadOnlyCollection<StorageUnit> Units => units.Values;

    /// <summary>The whole.</summary>
    public StorageAmount Total { get; private set; }

    /// <summary>What no unit was made of.</summary>
    public StorageAmount Other { get; private set; }

    /// <summary>Adds an object.</summary>
    public void Add(StorageObject one)
    {
        var amount = new StorageAmount(one.Size, 1);
        Total += amount;
        var thing = StorageThing.Of(one.Address);
        if (thing.Claim is null || (units.Count >= MostUnits && !units.ContainsKey(thing.Unit)))
        {
            Other += amount;
            return;
        }
        var known = units.GetValueOrDefault(thing.Unit);
        units[thing.Unit] = new(known?.Thing ?? (thing.Claim == ClaimKind.Jar ? thing : StorageThing.Of(thing.Unit) is { Claim: not null } unit ? unit : thing),
            (known?.Amount ?? default) + amount, known?.Newest > one.At ? known.Newest : one.At, known?.IsComplete == true || thing.Kind == StorageKind.Metadata);
    }
}

/// <summary>What one application keeps.</summary>
/// <param name="Owner">The application.</param>
/// <param name="Checkpoints">In checkpoints.</param>
/// <param name="Savepoints">In savepoints.</param>
/// <param name="HighAvailability">In high-availability files.</param>
/// <param name="Logs">In archived logs.</param>
public sealed record OwnerUsage(StorageOwner Owner, StorageAmount Checkpoints, StorageAmount Savepoints, StorageAmount HighAvailability, StorageAmount Logs)
{
    /// <summary>All together.</summary>
    public StorageAmount Total => Checkpoints + Savepoints + HighAvailability + Logs;
}

/// <summary>Who keeps how much.</summary>
/// <param name="Owners">Largest first.</param>
/// <param name="Orphans">State and logs that no application and no snapshot names, largest first.</param>
/// <param name="Jars">In jars.</param>
/// <param name="Other">In what is of no known kind.</param>
/// <param name="Total">Everything.</param>
public sealed record StorageUsage(IReadOnlyList<OwnerUsage> Owners, IReadOnlyList<StorageUnit> Orphans, StorageAmount Jars, StorageAmount Other, StorageAmount Total)
{
    /// <summary>Reads a count.</summary>
    public static StorageUsage Of(StorageCount count, StorageOwnership ownership)
    {
        var owners = new Dictionary<StorageOwner, OwnerUsage>();
        var orphans = new List<StorageUnit>();
        var jars = default(StorageAmount);
        foreach (var unit in count.Units)
        {
            if (unit.Thing.Claim == ClaimKind.Jar)
                jars += unit.Amount;
            else if (ownership.OwnerOf(unit.Thing) is { } owner)
                owners[owner] = With(owners.GetValueOrDefault(owner) ?? new(owner, default, default, default, default), unit);
            else if (!ownership.IsNamed(unit.Thing))
                orphans.Add(unit);
        }
        return new([.. owners.Values.OrderByDescending(o => o.Total.Bytes).ThenBy(o => o.Owner.Name, StringComparer.Ordinal)], [.. orphans.OrderByDescending(o => o.Amount.Bytes).ThenBy(o => o.Thing.Unit.Key, StringComparer.Ordinal)],
            jars, count.Other, count.Total);
    }

    private static OwnerUsage With(OwnerUsage usage, StorageUnit unit) => unit.Thing.Claim switch
    {
        ClaimKind.Checkpoints => usage with { Checkpoints = usage.Checkpoints + unit.Amount },
        ClaimKind.Savepoints => usage with { Savepoints = usage.Savepoints + unit.Amount },
        ClaimKind.HighAvailability => usage with { HighAvailability = usage.HighAvailability + unit.Amount },
        _ => usage with { Logs = usage.Logs + unit.Amount }
    };
}
