using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>One action on one object, ready to be run.</summary>
/// <param name="Action">Suspend, Resume, Delete.</param>
/// <param name="Verb">The right it needs.</param>
/// <param name="Kind">Kind of the object.</param>
/// <param name="Seen">The object as the user saw it.</param>
/// <param name="Reason">Why, in the user's words.</param>
/// <param name="Command">The kubectl command that does the same.</param>
internal sealed record Operation<T>(string Action, string Verb, KindInfo<T> Kind, ObjectMeta Seen, string? Reason, string Command) where T : class, IKubernetesObject
{
    /// <summary>The sentence when the fresh object is already as wanted, else null.</summary>
    public required Func<T, string?> Already { get; init; }

    /// <summary>The rule, on the fresh object.</summary>
    public required Func<T, CancellationToken, Task<Decision>> Rule { get; init; }

    /// <summary>Sends it; with true only as a dry run.</summary>
    public required Func<T, bool, UserIdentity?, CancellationToken, Task> Send { get; init; }

    /// <summary>What happens now, for the user.</summary>
    public required Func<T, string> Then { get; init; }

    /// <summary>For paths and events.</summary>
    public ObjectName Target => new(Kind, Seen.Namespace, Seen.Name);
}
