namespace FlinkDashboard.Gateways.S3;

/// <summary>Why S3's answer is not there.</summary>
public enum S3Fault
{
    /// <summary>The settings name no region, or nothing to sign with; nothing was sent.</summary>
    NotConfigured,

    /// <summary>The key is one that could be read as another place (<see cref="Model.Storage.StoragePath"/>); nothing was sent.</summary>
    NotAllowed,

    /// <summary>The dashboard's role lacks a permission: the message names it.</summary>
    Forbidden,

    /// <summary>Key, signature, token or clock are wrong.</summary>
    Credentials,

    /// <summary>No such bucket.</summary>
    NoBucket,

    /// <summary>No such object, or no such upload.</summary>
    Absent,

    /// <summary>The bucket stands in another region.</summary>
    WrongRegion,

    /// <summary>It has changed, or appeared, since it was looked at.</summary>
    Changed,

    /// <summary>Too many requests, still after several tries.</summary>
    Throttled,

    /// <summary>Nobody answers, or the answer broke off.</summary>
    Unreachable,

    /// <summary>The server failed or refused otherwise.</summary>
    Refused
}

/// <summary>S3 refused a request or could not be asked. The only exception that this gateway throws, besides cancellation; an IOException, so that readers of its streams need not know it.</summary>
public sealed class S3Exception(S3Fault fault, string message, string? detail = null, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What kind of failure.</summary>
    public S3Fault Fault => fault;

    /// <summary>The server's own words; null when it has none.</summary>
    public string? Detail => detail;
}
