using System.Security.Claims;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model;

namespace FlinkDashboard.Access;

/// <summary>Who looks at the pages of one circuit, or sent one request. Every request that this person causes is sent as <see cref="Identity"/>.</summary>
public sealed class CurrentUser
{
    private CurrentUser(string name, UserIdentity? identity, UserChoices choices) => (Name, Identity, Choices) = (name, identity, [.. choices.All.Select(c => c.Name)]);

    /// <summary>As shown: the user's name, or what stands for "no sign-in".</summary>
    public string Name { get; }

    /// <summary>As the cluster is asked; null: with the dashboard's own credentials.</summary>
    public UserIdentity? Identity { get; }

    /// <summary>Whom this person may be instead, see <see cref="LookAs"/>; empty where one cannot choose.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>The user of a signed-in principal, or of a dashboard without sign-in: the one that was chosen, else the first.</summary>
    public static CurrentUser Of(ClaimsPrincipal? principal, AccessOptions options, UserChoices choices)
    {
        if (options.Mode == AccessMode.None)
        {
            var choice = choices.All.FirstOrDefault(c => c.Name == principal?.Identity?.Name) ?? choices.All.FirstOrDefault();
            return choice is null ? new("the dashboard's own account", null, choices) : new(choice.Name, choice.Identity, choices);
        }
        if (principal?.Identity is not { IsAuthenticated: true, Name.Length: > 0 } identity)
            throw new InvalidOperationException("Nobody is signed in.");
        var groups = principal.FindAll(ClaimTypes.Role).Select(c => options.GroupPrefix + c.Value).Where(g => !g.StartsWith("system:", StringComparison.Ordinal));
        return new(identity.Name, new(options.UserPrefix + identity.Name, [.. groups.Distinct().Order(StringComparer.Ordinal)]), UserChoices.None);
    }
}
