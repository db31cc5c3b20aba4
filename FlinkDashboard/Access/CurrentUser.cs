using System.Collections.Immutable;
using System.Security.Claims;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model;

namespace FlinkDashboard.Access;

/// <summary>Who looks at the pages of one circuit. Every request that this person causes is sent as <see cref="Identity"/>.</summary>
public sealed class CurrentUser
{
    private readonly UserChoices choices;
    private ImmutableArray<Action> listeners = [];

    private CurrentUser(string name, UserIdentity? identity, UserChoices choices) => (Name, Identity, this.choices) = (name, identity, choices);

    /// <summary>As shown: the user's name, or what stands for "no sign-in".</summary>
    public string Name { get; private set; }

    /// <summary>As the cluster is asked; null: with the dashboard's own credentials.</summary>
    public UserIdentity? Identity { get; private set; }

    /// <summary>Names that <see cref="Choose"/> takes; empty where one cannot choose.</summary>
    public IReadOnlyList<string> Choices => [.. choices.All.Select(c => c.Name)];

    /// <summary>The user of a signed-in principal, or of a dashboard without sign-in.</summary>
    public static CurrentUser Of(ClaimsPrincipal? principal, AccessOptions options, UserChoices choices)
    {
        if (options.Mode == AccessMode.None)
            return choices.All.Count > 0
                ? new(choices.All[0].Name, choices.All[0].Identity, choices)
                : new("the dashboard's own account", null, UserChoices.None);
        if (principal?.Identity is not { IsAuthenticated: true, Name.Length: > 0 } identity)
            throw new InvalidOperationException("Nobody is signed in.");
        var groups = principal.FindAll(ClaimTypes.Role).Select(c => options.GroupPrefix + c.Value).Where(g => !g.StartsWith("system:", StringComparison.Ordinal));
        return new(identity.Name, new(options.UserPrefix + identity.Name, [.. groups.Distinct().Order(StringComparer.Ordinal)]), UserChoices.None);
    }

    /// <summary>Becomes another of <see cref="Choices"/>.</summary>
    public void Choose(string name)
    {
        var choice = choices.All.FirstOrDefault(c => c.Name == name) ?? throw new ArgumentException($"\"{name}\" is not a user to choose.", nameof(name));
        (Name, Identity) = (choice.Name, choice.Identity);
        foreach (var listener in listeners)
            listener();
    }

    /// <summary>Calls <paramref name="changed"/> after another user was chosen.</summary>
    public IDisposable Subscribe(Action changed)
    {
        ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Add(one), changed);
        return new Subscription(() => ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Remove(one), changed));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
