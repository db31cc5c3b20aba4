using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Operations;

/// <summary>How an operation ended.</summary>
public enum Outcome
{
    /// <summary>The API server accepted it; the operator does the rest, and the screen changes when it has.</summary>
    Accepted,

    /// <summary>The object was already as wanted; nothing was sent.</summary>
    AlreadySo,

    /// <summary>A rule says no, on the object as it is now.</summary>
    Refused,

    /// <summary>The user lacks the right.</summary>
    Forbidden,

    /// <summary>Somebody else changed the object since the user read it; nothing was sent.</summary>
    Conflict,

    /// <summary>The API server refused or could not be reached.</summary>
    Failed
}

/// <summary>The end of an operation.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Message">One or two sentences for the user: what happens now, or what is in the way.</param>
public record OperationResult(Outcome Outcome, string Message)
{
    /// <summary>Accepted or already so.</summary>
    public bool IsGood => Outcome is Outcome.Accepted or Outcome.AlreadySo;
}

/// <summary>The end of an operation on a whole manifest.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Message">One or two sentences for the user.</param>
/// <param name="Problems">What is wrong with which field; empty when accepted.</param>
/// <param name="Conflict">With <see cref="Outcome.Conflict"/>: the version that stands there now; else null.</param>
public sealed record ManifestResult(Outcome Outcome, string Message, IReadOnlyList<FieldProblem> Problems, Manifest? Conflict = null) : OperationResult(Outcome, Message);
