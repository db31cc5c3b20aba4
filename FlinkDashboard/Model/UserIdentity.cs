namespace FlinkDashboard.Model;

/// <summary>A user as the cluster knows them: the name and groups that an impersonated request carries.</summary>
/// <param name="Name">User name, for instance <c>jane@example.com</c> or <c>system:serviceaccount:ns:name</c>.</param>
/// <param name="Groups">Group names; the API server adds <c>system:authenticated</c>.</param>
public sealed record UserIdentity(string Name, IReadOnlyList<string> Groups)
{
    /// <summary>Name and groups in one line, the same for the same user: a cache key.</summary>
    public string Key => $"{Name}|{string.Join(',', Groups)}";

    /// <inheritdoc/>
    public bool Equals(UserIdentity? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
