namespace FlinkDashboard.Ui.Objects;

/// <summary>Of what can be given out: how much is promised and how much is used.</summary>
public readonly record struct Share(double? Allocatable, double Requested, double? Used)
{
    /// <summary>Sums of nodes; use is unknown unless some node's is known.</summary>
    public static Share Total(IEnumerable<Share> shares)
    {
        double? allocatable = null, used = null;
        var requested = 0d;
        foreach (var share in shares)
        {
            allocatable = share.Allocatable is { } a ? (allocatable ?? 0) + a : allocatable;
            used = share.Used is { } u ? (used ?? 0) + u : used;
            requested += share.Requested;
        }

        return new Share(allocatable, requested, used);
    }

    /// <summary>Requested of allocatable, 0 to 1 and beyond; null when unknown.</summary>
    public double? Fraction => Allocatable is > 0 ? Requested / Allocatable : null;
}
