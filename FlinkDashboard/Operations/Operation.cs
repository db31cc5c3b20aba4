using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>One action on one object, ready to be run.</summary>
/// <param name="Action">Suspend, Resume, Delete, …</param>
/// <param name="Right">The right it needs.</param>
/// <param name="Kind">Kind of the object.</param>
/// <param name="Seen">The object as the user saw it.</param>
/// <param name="Reason">Why, in the user's words.</param>
/// <param name="Command">The kubectl command that does the same.</param>
internal sealed record Operation<T>(string Action, Right Right, KindInfo<T> Kind, ObjectMeta Seen, string? Reason, string Command) where T : class, IKubernetesObject
{
    /// <summary>The end, when the fresh object already settles it: as wanted, or changed by others; else null.</summary>
    public required Func<Standing<T>, OperationResult?> Settled { get; init; }

    /// <summary>The rule, on the fresh object.</summary>
    public required Func<T, CancellationToken, Task<Decision>> Rule { get; init; }

    /// <summary>Sends it.</summary>
    public required Func<Standing<T>, Sender, CancellationToken, Task> Send { get; init; }

    /// <summary>What happens now, for the user.</summary>
    public required Func<T, string> Then { get; init; }

    /// <summary>The end when the API server refuses; null for the ordinary words.</summary>
    public Func<KubernetesApiException, OperationResult?> Explain { get; init; } = _ => null;

    /// <summary>For paths and events.</summary>
    public ObjectName Target => new(Kind, Seen.Namespace, Seen.Name);

    /// <summary>A settled end for what is already as wanted.</summary>
    public static OperationResult? Already(string? sentence) => sentence is null ? null : new(Outcome.AlreadySo, sentence);
}

/// <summary>A right as an access review asks for it.</summary>
/// <param name="Verb">create, patch, delete.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Subresource">Or null.</param>
/// <param name="AnyName">For any name: what is created has none yet.</param>
internal sealed record Right(string Verb, KindInfo Kind, string? Subresource = null, bool AnyName = false);

/// <summary>Who sends, and whether only to try.</summary>
/// <param name="Identity">Sent as this user; null as the dashboard itself.</param>
/// <param name="Name">As the audit trail names them.</param>
/// <param name="DryRun">Only to try.</param>
internal sealed record Sender(UserIdentity? Identity, string Name, bool DryRun);
