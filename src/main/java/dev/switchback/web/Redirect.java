package dev.switchback.web;

import org.jboss.resteasy.reactive.RestResponse;

/** After a form: go and look (303), so that reloading repeats nothing. */
public final class Redirect {

    private Redirect() {}

    /** To a path of this site. */
    public static RestResponse<Object> to(String path) {
        return answer(RestResponse.Status.SEE_OTHER, path).build();
    }

    /** To a path of this site, with one sentence about what happened. */
    public static RestResponse<Object> to(String path, String sentence) {
        return answer(RestResponse.Status.SEE_OTHER, path)
                .cookie(Flash.cookie(sentence))
                .build();
    }

    /** An answer with an absolute path as Location, not a URL: proxies need not be known (rule of reading 12). */
    public static RestResponse.ResponseBuilder<Object> answer(RestResponse.Status status, String path) {
        return RestResponse.ResponseBuilder.create(status, (Object) null).header("Location", path);
    }

    /** The wanted path when it is one of this site, else the start page: never an open redirect. */
    public static String safe(String wanted) {
        boolean own = wanted != null
                && wanted.startsWith("/")
                && !wanted.startsWith("//")
                && !wanted.startsWith("/\\")
                && wanted.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
        return own ? wanted : "/";
    }
}
