using FlinkDashboard.Model;

namespace FlinkDashboard.Access;

/// <summary>A user whom one may be for a while, to see what they see. Only clusters made for trying things out offer any.</summary>
/// <param name="Name">As shown.</param>
/// <param name="Identity">As impersonated; null acts with the dashboard's own credentials.</param>
public sealed record UserChoice(string Name, UserIdentity? Identity);

/// <summary>The users on offer; empty on a real cluster.</summary>
/// <param name="All">The first is the one a new visitor is.</param>
public sealed record UserChoices(IReadOnlyList<UserChoice> All)
{
    /// <summary>Nobody to choose.</summary>
    public static UserChoices None { get; } = new([]);
}
